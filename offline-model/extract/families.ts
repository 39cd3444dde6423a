/**
 * Bearing families: English names (ISO 5593 terms, plural or not) and the German names that catalogues file them under.
 * The longer name comes before one that it ends with.
 */
const FAMILIES: [string, string][] = [
  ['(?:deep[- ]groove ball|deep[- ]groove) bearings?', 'Rillenkugellager'],
  ['angular[- ]contact(?: ball)? bearings?', 'Schrägkugellager'],
  ['self[- ]aligning ball bearings?', 'Pendelkugellager'],
  ['cylindrical(?: roller)? bearings?', 'Zylinderrollenlager'],
  ['taper(?:ed)?(?: roller)? bearings?', 'Kegelrollenlager'],
  ['(?:spherical|self[- ]aligning)(?: roller)? bearings?', 'Pendelrollenlager'],
  ['needle(?: roller)? bearings?', 'Nadellager'],
  ['(?:axial|thrust)(?: deep groove)? ball bearings?', 'Axial-Rillenkugellager'],
  ['(?:axial|thrust) (?:cylindrical )?roller bearings?', 'Axial-Zylinderrollenlager'],
  ['(?:axial|thrust) bearings?', 'Axiallager'],
  ['insert bearings?', 'Spannlager'],
  ['(?:plummer block|bearing|pillow block) housings?|housings?', 'Gehäuse'],
  ['ball bearings?', 'Kugellager'],
  ['roller bearings?', 'Rollenlager'],
];
const GERMAN = /(?<![\wÄÖÜäöüß-])((?:[\wÄÖÜäöüß]+-)*[\wÄÖÜäöüß]*(?:lager|gehäuse|gehaeuse))n?(?![\wÄÖÜäöüß-])/i;

/** The bearing family a phrase names, as catalogues write it, and what the phrase says besides. */
export function familyIn(phrase: string): { category: string; rest: string } | undefined {
  const german = GERMAN.exec(phrase);
  if (german?.[1] !== undefined) return { category: capitalised(german[1]), rest: without(phrase, german) };
  for (const [pattern, category] of FAMILIES) {
    const english = new RegExp(`\\b(?:${pattern})\\b`, 'i').exec(phrase);
    if (english !== null) return { category, rest: without(phrase, english) };
  }
  return undefined;
}

function without(phrase: string, match: RegExpExecArray): string {
  const rest = `${phrase.slice(0, match.index)} ${phrase.slice(match.index + match[0].length)}`;
  return rest.trim().replace(/\s+/g, ' ');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
