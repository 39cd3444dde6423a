/**
 * Bearing families: English names (ISO 5593 terms, plural or not) and the German names that catalogues file them under.
 * The longer name comes before one that it ends with.
 */
const FAMILIES: [string, string][] = [
  ['(?:axial|thrust) (?:spherical|self[- ]aligning)(?: roller)? bearings?', 'Axial-Pendelrollenlager'],
  ['(?:axial|thrust) (?:cylindrical )?roller bearings?', 'Axial-Zylinderrollenlager'],
  ['(?:axial|thrust)(?: deep groove)? ball bearings?', 'Axial-Rillenkugellager'],
  ['(?:deep[- ]groove ball|deep[- ]groove) bearings?', 'Rillenkugellager'],
  ['angular[- ]contact(?: ball)? bearings?', 'Schrägkugellager'],
  ['self[- ]aligning ball bearings?', 'Pendelkugellager'],
  ['cylindrical(?: roller)? bearings?', 'Zylinderrollenlager'],
  ['taper(?:ed)?(?: roller)? bearings?', 'Kegelrollenlager'],
  ['(?:spherical|self[- ]aligning)(?: roller)? bearings?', 'Pendelrollenlager'],
  ['needle(?: roller)? bearings?', 'Nadellager'],
  ['(?:axial|thrust) bearings?', 'Axiallager'],
  ['insert bearings?', 'Spannlager'],
  ['miniature(?: ball)? bearings?', 'Miniaturkugellager'],
  ['(?:plummer|pillow)[- ]block (?:bearing )?units?', 'Stehlagereinheiten'],
  ['(?:plummer|pillow)[- ]block(?: housing)?s?', 'Stehlagergehäuse'],
  ['flanged? (?:bearing )?units?', 'Flanschlagereinheiten'],
  ['flanged? (?:bearing )?housings?', 'Flanschlagergehäuse'],
  ['(?:housed|housing|bearing) units?', 'Gehäuseeinheiten'],
  ['needle bush(?:es)?|drawn[- ]cup(?: needle)?(?: roller)?(?: bearing)?s?', 'Nadelhülsen'],
  ['ball bearings?', 'Kugellager'],
  ['roller bearings?', 'Rollenlager'],
];
const GERMAN = /(?<![\wÄÖÜäöüß-])((?:[\wÄÖÜäöüß]+-)*[\wÄÖÜäöüß]*(?:lager|gehäuse|gehaeuse))n?(?![\wÄÖÜäöüß-])/i;

/** The bearing family a phrase names, as catalogues write it, and what the phrase says besides. */
export function familyIn(phrase: string): { category: string; rest: string; german: boolean } | undefined {
  const german = GERMAN.exec(phrase);
  if (german?.[1] !== undefined)
    return { category: capitalised(german[1]), rest: without(phrase, german), german: true };
  for (const [pattern, category] of FAMILIES) {
    const english = new RegExp(`\\b(?:${pattern})\\b`, 'i').exec(phrase);
    if (english !== null) return { category, rest: without(phrase, english), german: false };
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
