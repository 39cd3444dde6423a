/**
 * What the designation says about a part's shape beyond its kind and boundary dimensions (DIN 623-1 and the makers'
 * customary prefixes). Anything it does not say is drawn as the most usual design of the kind.
 */

/** Which rings of a cylindrical roller bearing carry flanges. */
interface Flanges {
  readonly outer: boolean;
  readonly innerFront: boolean;
  readonly innerBack: boolean;
}

/** NU: flanges on the outer ring only. NJ: one more on the inner ring. NUP: two. N: on the inner ring only. */
export function flangesOf(designation: string): Flanges {
  const series = /^(NUP|NU|NJ|N)(?=[\s\d-])/i.exec(designation)?.[1]?.toUpperCase();
  if (series === 'NUP') return { outer: true, innerFront: true, innerBack: true };
  if (series === 'NJ') return { outer: true, innerFront: true, innerBack: false };
  if (series === 'N') return { outer: false, innerFront: true, innerBack: true };
  return { outer: true, innerFront: false, innerBack: false };
}

/** Series 292, 293 and 294: thrust bearings with slanting barrel rollers. */
export function isSphericalThrust(designation: string): boolean {
  return /^29[234]\d/.test(designation);
}

/** F and UCF: a square flange that is bolted to a wall, not a pillow block. */
export function isFlangeHousing(designation: string): boolean {
  return /^(UC)?F(?=[\s\d-])/i.test(designation);
}
