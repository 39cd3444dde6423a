/** Names come from outside: none may look like a line of ours. At most `most` characters. */
export function oneLine(text: string, most = 200): string {
  const line = text
    .slice(0, most * 2)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .toWellFormed()
    .trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).toWellFormed()}…`;
}
