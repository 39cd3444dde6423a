import { strFromU8, unzipSync } from 'fflate';

/** Excel's own last row and column (XFD). */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
/** A reader makes a cell for every place up to the last one used, empty or not. */
const MAX_CELLS = 5_000_000;
/** All parts unpacked, bytes. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/**
 * Throws where a workbook's sheets are larger than a product list is, before anything makes room for them: a cell may
 * claim to stand in row 99,999,999,999, and a kilobyte may unpack to gigabytes.
 */
export function checkWorkbook(bytes: Uint8Array): void {
  let unpacked = 0;
  // Any part may be named as the sheet, so all of them are looked at.
  const parts = unzipSync(bytes, {
    filter: ({ originalSize }) => {
      unpacked += originalSize;
      if (unpacked > MAX_UNPACKED_BYTES) throw new Error('The workbook unpacks to more than a product list has.');
      return true;
    },
  });
  for (const part of Object.values(parts)) checkPart(strFromU8(part));
}

function checkPart(xml: string): void {
  let rows = 0;
  let columns = 0;
  for (const [, letters = '', digits = ''] of xml.matchAll(/\sr\s*=\s*["']([A-Za-z]*)(\d*)["']/g)) {
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (rows > LAST_ROW || columns > LAST_COLUMN || rows * columns > MAX_CELLS) {
    throw new Error(`The sheet claims ${rows} rows and ${columns} columns.`);
  }
}

/** A is 1, Z is 26, AA is 27. */
function columnNumber(letters: string): number {
  return [...letters.toUpperCase()].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
