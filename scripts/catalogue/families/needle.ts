import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { series, type Family } from '../part.ts';
import { ISO_3245_HK } from '../standards/inserts.ts';
import { ISO_15 } from '../standards/iso15.ts';
import { boreCode, bores, type Size } from '../standards/table.ts';

const NADEL: Family = {
  prefix: 'NL',
  category: ['Nadellager', 'Massive Nadellager'],
  noun: 'Nadellager',
  kind: 'needle_roller',
  note: 'mit Innenring',
  materials: { inner_ring: '100Cr6', outer_ring: '100Cr6', rolling_elements: '100Cr6', cage: 'St-Blech' },
};

const HUELSE: Family = {
  prefix: 'NL',
  category: ['Nadellager', 'Nadelhülsen'],
  noun: 'Nadelhülse',
  kind: 'needle_roller',
  note: 'ohne Innenring, offen',
  materials: { outer_ring: '16MnCr5', rolling_elements: '100Cr6', cage: 'St-Blech' },
};

/** Two figures of bore, two of width: HK2016 is 20 mm under the rollers and 16 mm wide. */
function cupDesignation(size: Size): string {
  return `HK${String(size.d).padStart(2, '0')}${String(size.B).padStart(2, '0')}`;
}

/** Needle roller bearings, ISO 15 and DIN 617; NA69 has two rows (ZW) from a bore of 32 mm on. Drawn cups, ISO 3245. */
export function needleRoller(): CatalogueProduct[] {
  const named =
    (prefix: string, suffix = '') =>
    (size: Size) =>
      `${prefix}${boreCode(size.d)}${suffix}`;
  const double: Family = { ...NADEL, rows: 2, note: 'zweireihig, mit Innenring' };
  return [
    ...series(NADEL, ISO_15['49'], named('NA49')),
    ...series(NADEL, bores(ISO_15['69'], 12, 30), named('NA69')),
    ...series(double, bores(ISO_15['69'], 35, 80), named('NA69', '-ZW')),
    ...series(NADEL, ISO_15['48'], named('NA48')),
    ...series(HUELSE, ISO_3245_HK, cupDesignation),
  ];
}
