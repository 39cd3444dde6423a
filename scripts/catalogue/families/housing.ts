import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { mm, series, type Family } from '../part.ts';
import { FLANGE_UNITS_UCF2, ISO_9628_UC2, PILLOW_BLOCKS_P2, SQUARE_FLANGES_F2 } from '../standards/inserts.ts';
import { boreCode, type Size } from '../standards/table.ts';

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
  measures: (size) => `Sitz ${mm(size.d)}, Länge ${mm(size.D)}`,
  note: 'Grauguss, ohne Lager',
  materials: { housing: 'EN-GJL-200', screw: 'St-8.8-verzinkt' },
};
const FLANGE: Family = {
  ...BLOCK,
  category: ['Gehäuseeinheiten', 'Flanschlagergehäuse'],
  noun: 'Flanschlagergehäuse',
  measures: (size) => `Sitz ${mm(size.d)}, Flansch ${mm(size.D)}`,
};
const UNIT: Omit<Family, 'category' | 'noun'> = {
  prefix: 'GH',
  kind: 'housing',
  closure: 'seal',
  note: 'lackiertes Gehäuse mit Spannlager',
  materials: { ...INSERT, housing: 'Lack-RAL-5010' },
};

/** Seat diameter of a housing to the insert bearing it is named for: 52 mm is UC205. */
const INSERT_OF_SEAT = new Map(ISO_9628_UC2.map((insert) => [insert.D, insert]));

function insertOf(housing: Size): Size {
  const insert = INSERT_OF_SEAT.get(housing.d);
  if (insert === undefined) throw new Error(`no insert bearing for a seat of ${String(housing.d)} mm`);
  return insert;
}

const code = (prefix: string) => (size: Size) => `${prefix}${boreCode(size.d)}`;
const codeOfSeat = (prefix: string) => (size: Size) => code(prefix)(insertOf(size));

/**
 * Insert bearings UC2 (ISO 9628), cast housings P2 and F2 for them (ISO 3228, JIS B 1559), and both together as UCP2 and
 * UCF2. D is the length of the foot or the side of the flange, B the width of the foot or the depth; d is the seat of an
 * empty housing and the shaft of a unit.
 */
export function housings(): CatalogueProduct[] {
  const block: Family = { ...UNIT, category: ['Gehäuseeinheiten', 'Stehlagereinheiten'], noun: 'Stehlagereinheit' };
  const flange: Family = {
    ...UNIT,
    category: ['Gehäuseeinheiten', 'Flanschlagereinheiten'],
    noun: 'Flanschlagereinheit',
  };
  const blockUnits = PILLOW_BLOCKS_P2.map((size) => ({ ...size, d: insertOf(size).d }));
  return [
    ...series(SPANNLAGER, ISO_9628_UC2, code('UC2')),
    ...series(BLOCK, PILLOW_BLOCKS_P2, codeOfSeat('P2')),
    ...series(FLANGE, SQUARE_FLANGES_F2, codeOfSeat('F2')),
    ...series({ ...block, measures: (s) => `Welle ${mm(s.d)}, Länge ${mm(s.D)}` }, blockUnits, code('UCP2')),
    ...series({ ...flange, measures: (s) => `Welle ${mm(s.d)}, Flansch ${mm(s.D)}` }, FLANGE_UNITS_UCF2, code('UCF2')),
  ];
}
