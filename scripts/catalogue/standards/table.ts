/** Boundary dimensions of one size, mm: bore d, outside diameter D, width B (T or H where the standard says so), chamfer r. */
export interface Size {
  d: number;
  D: number;
  B: number;
  r?: number;
}

/**
 * Reads a table as the standards print it: one size a group, groups parted by commas, numbers `d D B [r]`. Throws on
 * anything else, so a typing slip can't become a part.
 */
export function table(text: string): Size[] {
  return text
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '')
    .map((group) => {
      const [d, D, B, r, ...more] = group.split(/\s+/).map(Number);
      if (d === undefined || D === undefined || B === undefined || more.length > 0)
        throw new Error(`bad size: ${group}`);
      if (![d, D, B, r ?? 1].every((value) => value > 0)) throw new Error(`bad size: ${group}`);
      return { d, D, B, ...(r === undefined ? {} : { r }) };
    });
}

/** The sizes with bores from `from` to `to`, both included. */
export function bores(sizes: readonly Size[], from: number, to: number): Size[] {
  return sizes.filter((size) => size.d >= from && size.d <= to);
}

const SMALL_BORES: Readonly<Record<number, string>> = { 10: '00', 12: '01', 15: '02', 17: '03' };

/**
 * Bore code of a bore in mm (DIN 623-1): 00 is 10, 01 is 12, 02 is 15, 03 is 17, from 04 on a fifth of the bore; below
 * 10 mm the bore itself.
 */
export function boreCode(d: number): string {
  if (d < 10) return String(d);
  const code = SMALL_BORES[d] ?? (d % 5 === 0 ? String(d / 5).padStart(2, '0') : undefined);
  if (code === undefined) throw new Error(`no bore code for ${String(d)} mm`);
  return code;
}
