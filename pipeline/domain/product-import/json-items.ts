import { fail, ok, type Result } from '../../../shared/errors/index.ts';

const SPACE = /\s/;

/**
 * The texts of a JSON array's items, one after the other, so that a long array is never parsed in one go. Ends with a
 * failure where the text is no array. An item's own text is looked at by whoever parses it.
 */
export function* jsonItems(text: string): Generator<Result<string>> {
  let at = skipSpace(text, 0);
  if (text[at] !== '[') return yield notAnArray();
  at = skipSpace(text, at + 1);
  if (text[at] === ']') return;
  for (;;) {
    const end = endOfItem(text, at);
    if (end === at || end >= text.length) return yield notAnArray();
    yield ok(text.slice(at, end));
    if (text[end] === ']') {
      if (skipSpace(text, end + 1) < text.length) yield notAnArray();
      return;
    }
    at = skipSpace(text, end + 1);
  }
}

function notAnArray(): Result<string> {
  return fail('bad_request', 'The body is not a JSON array of products.');
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.test(text[at] ?? '')) at += 1;
  return at;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];
const COMMA = 0x2c;

/** Where the item that begins here ends: at a comma or the closing bracket of the array around it. */
function endOfItem(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === BACKSLASH) at += 1;
      else if (char === QUOTE) quoted = false;
    } else if (char === QUOTE) quoted = true;
    else if (OPENING.includes(char)) depth += 1;
    else if (CLOSING.includes(char)) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (char === COMMA && depth === 0) return at;
  }
  return text.length;
}
