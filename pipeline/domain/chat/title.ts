const TITLE_LENGTH = 60;
/** A title is cut between words where one ends this near to its end, characters. */
const LAST_WORD = 20;

/** A chat's title by its first message: the first line that says something, cut between words. */
export function titleOf(content: string): string {
  const line = content
    .split('\n')
    .map((each) => each.replace(/\s+/g, ' ').trim())
    .find((each) => /[\p{L}\p{N}]/u.test(each));
  if (line === undefined) return 'New chat';
  const chars = [...line];
  if (chars.length <= TITLE_LENGTH) return line;
  const space = chars.lastIndexOf(' ', TITLE_LENGTH - 1);
  const cut = chars.slice(0, space > TITLE_LENGTH - LAST_WORD ? space : TITLE_LENGTH - 1).join('');
  return `${cut.replace(/[\s,;:.]+$/, '')}…`;
}
