/** A text for matching words: lower case, umlauts written out, one kind of quote and of hyphen. Not for showing. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replace(/[’‘`]/g, "'")
    .replace(/[–—‑]/g, '-');
}
