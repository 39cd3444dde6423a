import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { series, type Family } from '../part.ts';
import { ISO_104 } from '../standards/iso104.ts';
import { boreCode, bores, type Size } from '../standards/table.ts';

const WASHERS = { washer_shaft: '100Cr6', washer_housing: '100Cr6', rolling_elements: '100Cr6' };

const BALL: Family = {
  prefix: 'AX',
  category: ['Axiallager', 'Axial-Rillenkugellager'],
  noun: 'Axial-Rillenkugellager',
  kind: 'thrust_ball',
  note: 'einseitig wirkend',
  materials: { ...WASHERS, cage: 'St-Blech' },
};
const CYLINDRICAL: Family = {
  prefix: 'AX',
  category: ['Axiallager', 'Axial-Zylinderrollenlager'],
  noun: 'Axial-Zylinderrollenlager',
  kind: 'thrust_roller',
  note: 'einseitig wirkend',
  materials: { ...WASHERS, cage: 'PA66-GF25' },
};
const SPHERICAL: Family = {
  prefix: 'AX',
  category: ['Axiallager', 'Axial-Pendelrollenlager'],
  noun: 'Axial-Pendelrollenlager',
  kind: 'thrust_roller',
  note: 'einseitig wirkend, winkeleinstellbar',
  materials: {
    washer_shaft: '100CrMnSi6-4',
    washer_housing: '100CrMnSi6-4',
    rolling_elements: '100Cr6',
    cage: 'St-Blech',
  },
};

/**
 * Thrust bearings, ISO 104: balls 511 to 514 (DIN 711), cylindrical rollers 811 and 812 (DIN 722, TV: polyamide cage),
 * spherical rollers 293 and 294 (DIN 728).
 */
export function thrust(): CatalogueProduct[] {
  const named =
    (prefix: string, suffix = '') =>
    (size: Size) =>
      `${prefix}${boreCode(size.d)}${suffix}`;
  return [
    ...series(BALL, ISO_104['11'], named('511')),
    ...series(BALL, ISO_104['12'], named('512')),
    ...series(BALL, ISO_104['13'], named('513')),
    ...series(BALL, ISO_104['14'], named('514')),
    ...series(CYLINDRICAL, bores(ISO_104['11'], 15, 85), named('811', '-TV')),
    ...series(CYLINDRICAL, bores(ISO_104['12'], 30, 80), named('812', '-TV')),
    ...series(SPHERICAL, ISO_104['93'], named('293', '-E1')),
    ...series(SPHERICAL, ISO_104['94'], named('294', '-E1')),
  ];
}
