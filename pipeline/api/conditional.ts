/** Conditional and partial GET (RFC 9110, 13 and 14) for bytes that never change under their tag. */

/**
 * Does If-None-Match name this tag, so that the client has it already? Takes a list, weak tags (which compare as strong
 * ones here, 13.1.2) and `*`.
 */
export function hasAlready(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const named = ifNoneMatch.match(/(W\/)?"[^"]*"/g) ?? [];
  return named.some((one) => one.replace(/^W\//, '') === tag);
}

/** A piece of a body: the first and last byte, both in it. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * The one piece that Range asks for. null: the whole, because there is no range, more than one, one in another unit, or
 * If-Range names another tag. `none`: no byte of it exists.
 */
export function readRange(
  headers: { range?: string | undefined; 'if-range'?: string | string[] | undefined },
  { tag, size }: { tag: string; size: number },
): ByteRange | 'none' | null {
  const { range } = headers;
  if (range === undefined) return null;
  if (headers['if-range'] !== undefined && headers['if-range'] !== tag) return null;
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.trim()) ?? [];
  if (from === '' && to === '') return null;
  if (from === '') return lastBytes(Number(to), size);
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
  // A range that ends before it begins is none (14.1.1), one that begins after the end cannot be met.
  if (to !== '' && Number(to) < first) return null;
  return first >= size ? 'none' : { first, last };
}

function lastBytes(count: number, size: number): ByteRange | 'none' {
  return count === 0 || size === 0 ? 'none' : { first: Math.max(0, size - count), last: size - 1 };
}
