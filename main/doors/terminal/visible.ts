/**
 * Text from elsewhere for a terminal: control characters could move the cursor, rewrite what stands above or set the
 * clipboard, and bidi marks could turn a line around, so they are shown, not obeyed.
 */
export function visible(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
