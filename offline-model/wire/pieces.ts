/** Characters in one piece at most, about what one or two tokens of the real service hold. */
const LONGEST = 12;

/** A text in small pieces that join to it again: words with their spaces, long ones cut; never inside a character. */
export function textPieces(text: string): string[] {
  return (text.match(/\s*\S+|\s+$/gu) ?? []).flatMap(cutPiece);
}

/** JSON text in fragments of a few characters. */
export function jsonPieces(json: string): string[] {
  return cutPiece(json);
}

function cutPiece(text: string): string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += LONGEST) {
    pieces.push(characters.slice(start, start + LONGEST).join(''));
  }
  return pieces;
}
