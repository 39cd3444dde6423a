import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { mm, series, type Family } from '../part.ts';
import { ISO_9628_UC2, PILLOW_BLOCKS_P2, SQUARE_FLANGES_F2 } from '../standards/inserts.ts';
import { boreCode, type Size } from '../standards/table.ts';

const measures = (size: Size) => `Welle ${mm(size.d)}, Sitz ${mm(size.D)}`;

const INSERT = {
  inner_ring: '100Cr6',
  outer_ring: '100Cr6',
  rolling_elements: '100Cr6',
  cage: 'St-Blech',
  seal: 'NBR-schwarz',
  screw: '45H-brüniert',
};

const SPANNLAGER: Family = {
  prefix: 'GH',
  category: ['Gehäuseeinheiten', 'Spannlager'],
  noun: 'Spannlager',
  kind: 'insert',
  closure: 'seal',
  note: 'mit Gewindestiften',
  materials: INSERT,
};
const BLOCK: Family = {
  prefix: 'GH',
  category: ['Gehäuseeinheiten', 'Stehlagergehäuse'],
  noun: 'Stehlagergehäuse',
  kind: 'housing',
  measures,
  note: 'Grauguss, ohne Lager',
  materials: { housing: 'EN-GJL-200', screw: 'St-8.8-verzinkt' },
};
const FLANGE: Family = {
  ...BLOCK,
  category: ['Gehäuseeinheiten', 'Flanschlagergehäuse'],
  noun: 'Flanschlagergehäuse',
};
const UNIT: Omit<Family, 'category' | 'noun'> = {
  prefix: 'GH',
  kind: 'housing',
  measures,
  closure: 'seal',
  note: 'lackiertes Gehäuse mit Spannlager',
  materials: { ...INSERT, housing: 'Lack-RAL-5010' },
};

const code = (prefix: string) => (size: Size) => `${prefix}${boreCode(size.d)}`;

/**
 * Insert bearings UC2 (ISO 9628), cast housings P2 and F2 for them (ISO 3228, JIS B 1559), and both together as UCP2 and
 * UCF2. Of housings and units d is the shaft, D the seat of the bearing, B the width of the foot or the flange's depth.
 */
export function housings(): CatalogueProduct[] {
  const block: Family = { ...UNIT, category: ['Gehäuseeinheiten', 'Stehlagereinheiten'], noun: 'Stehlagereinheit' };
  const flange: Family = {
    ...UNIT,
    category: ['Gehäuseeinheiten', 'Flanschlagereinheiten'],
    noun: 'Flanschlagereinheit',
  };
  return [
    ...series(SPANNLAGER, ISO_9628_UC2, code('UC2')),
    ...series(BLOCK, PILLOW_BLOCKS_P2, code('P2')),
    ...series(FLANGE, SQUARE_FLANGES_F2, code('F2')),
    ...series(block, PILLOW_BLOCKS_P2, code('UCP2')),
    ...series(flange, SQUARE_FLANGES_F2, code('UCF2')),
  ];
}
