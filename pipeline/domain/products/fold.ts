const SPELT_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', '×': 'x', ø: 'o' };
/** Most numbers and names: nothing of them is spelt out, composed or accented. */
const ASCII = /^[\0-\x7f]*$/;

/**
 * Text as it is searched for: lower case, umlauts spelt out, other accents dropped, everything that is neither letter
 * nor digit a single space. The one folding there is: what is stored and what is looked for pass through it.
 */
export function fold(text: string): string {
  if (ASCII.test(text))
    return text
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, ' ')
      .trim();
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüß×ø]/g, (char) => SPELT_OUT[char] ?? char)
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}

/** Folded without spaces: `KL-6205-2RSR`, `kl 6205 2rsr` and `KL6205.2RSR` are one key. */
export function foldKey(text: string): string {
  return fold(text).replaceAll(' ', '');
}

/** The columns of a product that search and resolve look at. */
export function searchColumns(product: {
  pim_id: string;
  name: string;
  designation: string;
  category: readonly string[];
}): { searchText: string; pimKey: string; designationKey: string } {
  const pimKey = foldKey(product.pim_id);
  const designationKey = foldKey(product.designation);
  const words = [product.pim_id, product.name, product.designation, ...product.category].map(fold);
  return { searchText: [...words, pimKey, designationKey].join(' '), pimKey, designationKey };
}
