import papaparse, { type ParseResult } from 'papaparse';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { columnNamed } from './columns.ts';

const DELIMITERS = [';', ',', '\t'] as const;
/** Characters that are parsed in one go; a longer row takes what it needs. */
const WINDOW = 64_000;

/** A row of a CSV file with its number, as a spreadsheet counts. */
export interface CsvRow {
  number: number;
  cells: string[];
}

/** The rows of a CSV text, the header first, a few at a time. Ends with a failure where quotes are not closed. */
export function* csvRows(text: string): Generator<Result<CsvRow>> {
  const parser = new papaparse.Parser({ delimiter: delimiterOf(text), newline: newlineOf(text), fastMode: false });
  let number = 0;
  let at = 0;
  let window = WINDOW;
  while (at < text.length) {
    const isLast = at + window >= text.length;
    // A row that the window cuts off is left for the next one.
    const { data, meta, errors } = parser.parse(text.slice(at, at + window), 0, !isLast) as ParseResult<string[]>;
    const [error] = errors;
    for (const [index, cells] of data.entries()) {
      number += 1;
      if (index === error?.row) break;
      if (cells.some((cell) => cell.trim() !== '')) yield ok({ number, cells });
    }
    if (error !== undefined) return yield badQuotes(number);
    if (isLast) return;
    at += meta.cursor;
    window = meta.cursor === 0 ? window * 2 : WINDOW;
  }
}

/** Lines end as the first ones do; a carriage return before a line feed is trimmed off its cell. */
function newlineOf(text: string): '\n' | '\r' {
  return text.slice(0, 20_000).includes('\n') ? '\n' : '\r';
}

function badQuotes(row: number): Result<CsvRow> {
  return fail('bad_request', `The quotes of row ${row} do not match. Write a quote inside quotes twice.`);
}

/** The character with which the first row names the most columns. */
function delimiterOf(text: string): string {
  const known = DELIMITERS.map((delimiter) => {
    const [header = []] = papaparse.parse<string[]>(text.slice(0, 20_000), { delimiter, preview: 1 }).data;
    return { delimiter, columns: header.filter((cell) => columnNamed(cell) !== null).length };
  });
  return known.reduce((best, next) => (next.columns > best.columns ? next : best)).delimiter;
}
