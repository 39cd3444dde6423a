import papaparse from 'papaparse';
import { checkWorkbook } from './check-workbook.ts';
import { decodeText } from './decode-text.ts';

export type Rows = string[][];

/** Rows beyond this are not a list of references any more. */
export const MAX_ROWS = 100_000;
const DELIMITERS = [';', ',', '\t', '|'] as const;

/** The rows of a dropped file: XLSX by its signature, anything else as text with or without columns. */
export async function readRows(bytes: Uint8Array): Promise<Rows> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
  const rows = isZip ? await readWorkbook(bytes) : readText(decodeText(bytes));
  return rows.filter((row) => row.some((cell) => cell !== '')).slice(0, MAX_ROWS + 1);
}

async function readWorkbook(bytes: Uint8Array): Promise<Rows> {
  checkWorkbook(bytes);
  const { readSheet } = await import('read-excel-file/node');
  const sheet = await readSheet(Buffer.from(bytes));
  return sheet.map((row) => row.map((cell) => (cell === null ? '' : cellText(cell))));
}

function cellText(cell: unknown): string {
  return (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)).trim();
}

function readText(text: string): Rows {
  const delimiter = delimiterOf(text);
  if (delimiter === undefined) return text.split(/\r\n|\r|\n/).map((line) => [line.trim()]);
  const parsed = papaparse.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy', preview: MAX_ROWS + 1 });
  return parsed.data.map((row) => row.map((cell) => cell.trim()));
}

/** The character that splits the first lines into the same number of columns; undefined for plain lines. */
function delimiterOf(text: string): string | undefined {
  const lines = text
    .slice(0, 20_000)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  // The last of many lines may be cut off by the slice.
  const whole = lines.length > 1 && text.length > 20_000 ? lines.slice(0, -1) : lines;
  return DELIMITERS.find((delimiter) => {
    const counts = whole.map((line) => fieldsIn(line, delimiter));
    const [first] = counts;
    return first !== undefined && first > 1 && counts.filter((count) => count === first).length >= counts.length * 0.8;
  });
}

function fieldsIn(line: string, delimiter: string): number {
  return line.replace(/"[^"]*"/g, '').split(delimiter).length;
}
