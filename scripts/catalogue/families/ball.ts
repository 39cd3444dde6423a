import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { series, type Family } from '../part.ts';
import { ISO_15 } from '../standards/iso15.ts';
import { boreCode, bores } from '../standards/table.ts';

const STEEL = { inner_ring: '100Cr6', outer_ring: '100Cr6', rolling_elements: '100Cr6' };
const POLYAMIDE = { ...STEEL, cage: 'PA66-GF25' };

const SCHRAEG: Family = {
  prefix: 'KL',
  category: ['Kugellager', 'Schrägkugellager'],
  noun: 'Schrägkugellager',
  kind: 'angular_contact',
  alpha: 40,
  note: 'einreihig, Druckwinkel 40°',
  materials: POLYAMIDE,
};
const DOUBLE: Family = { ...SCHRAEG, rows: 2, alpha: 30, note: 'zweireihig, Druckwinkel 30°' };

const PENDEL: Family = {
  prefix: 'KL',
  category: ['Kugellager', 'Pendelkugellager'],
  noun: 'Pendelkugellager',
  kind: 'self_aligning',
  rows: 2,
  note: 'zylindrische Bohrung',
  materials: POLYAMIDE,
};

/**
 * Angular contact ball bearings, ISO 15 and DIN 628: 72 and 73 with suffix B have 40°, the double row 32 and 33 with
 * suffix BD have no filling slot and 30°.
 */
export function angularContact(): CatalogueProduct[] {
  return [
    ...series(SCHRAEG, bores(ISO_15['02'], 10, 70), (size) => `72${boreCode(size.d)}-B`),
    ...series(SCHRAEG, bores(ISO_15['03'], 12, 60), (size) => `73${boreCode(size.d)}-B`),
    ...series(DOUBLE, bores(ISO_15['32'], 12, 50), (size) => `32${boreCode(size.d)}-BD`),
    ...series(DOUBLE, bores(ISO_15['33'], 15, 50), (size) => `33${boreCode(size.d)}-BD`),
  ];
}

/** Self-aligning ball bearings, ISO 15 and DIN 630; TVH is the snap cage of polyamide. */
export function selfAligning(): CatalogueProduct[] {
  const named = (prefix: string) => (size: { d: number }) => `${prefix}${boreCode(size.d)}-TVH`;
  return [
    ...series(PENDEL, bores(ISO_15['02'], 10, 60), named('12')),
    ...series(PENDEL, bores(ISO_15['03'], 15, 50), named('13')),
    ...series(PENDEL, bores(ISO_15['22'], 15, 50), named('22')),
    ...series(PENDEL, bores(ISO_15['23'], 20, 50), named('23')),
  ];
}
