import type { CatalogueProduct } from '../../../shared/domain/index.ts';
import { series, type Family } from '../part.ts';
import { ISO_15 } from '../standards/iso15.ts';
import { ISO_355 } from '../standards/iso355.ts';
import { boreCode, bores, type Size } from '../standards/table.ts';

const STEEL = { inner_ring: '100Cr6', outer_ring: '100Cr6', rolling_elements: '100Cr6' };
/** Rings and rollers of large parts are through-hardened from a steel with more manganese. */
const LARGE = { inner_ring: '100CrMnSi6-4', outer_ring: '100CrMnSi6-4', rolling_elements: '100Cr6' };

function cylindrical(note: string, cage: string): Family {
  return {
    prefix: 'RL',
    category: ['Rollenlager', 'Zylinderrollenlager'],
    noun: 'Zylinderrollenlager',
    kind: 'cylindrical_roller',
    note,
    materials: { ...STEEL, cage },
  };
}

/**
 * Cylindrical roller bearings, ISO 15 and DIN 5412-1. E: strengthened, TVP2: polyamide cage, M1: brass cage. NU and N
 * float, NJ holds one way, NUP both.
 */
export function cylindricalRoller(): CatalogueProduct[] {
  const named = (prefix: string) => (size: Size) => `${prefix}${boreCode(size.d)}-E-TVP2`;
  const [nu, nj, nup] = ['Loslager', 'Stützlager', 'Festlager'].map((note) => cylindrical(note, 'PA66-GF25')) as [
    Family,
    Family,
    Family,
  ];
  return [
    ...series(nu, bores(ISO_15['02'], 20, 100), named('NU2')),
    ...series(nj, bores(ISO_15['02'], 20, 100), named('NJ2')),
    ...series(nup, bores(ISO_15['02'], 20, 60), named('NUP2')),
    ...series(nu, bores(ISO_15['02'], 20, 60), named('N2')),
    ...series(nu, bores(ISO_15['03'], 20, 80), named('NU3')),
    ...series(nj, bores(ISO_15['03'], 20, 60), named('NJ3')),
    ...series(nu, bores(ISO_15['22'], 20, 70), named('NU22')),
    ...series(nu, bores(ISO_15['23'], 20, 60), named('NU23')),
    ...series(cylindrical('Loslager', 'CuZn40Pb2'), bores(ISO_15['10'], 25, 80), (s) => `NU10${boreCode(s.d)}-M1`),
  ];
}

const KEGEL: Family = {
  prefix: 'RL',
  category: ['Rollenlager', 'Kegelrollenlager'],
  noun: 'Kegelrollenlager',
  kind: 'tapered_roller',
  note: 'metrisch',
  materials: { ...STEEL, cage: 'St-Blech' },
};

/** Tapered roller bearings, ISO 355 and DIN 720; series 313 is the steep one, 28°48'39". X: adapted to ISO. */
export function taperedRoller(): CatalogueProduct[] {
  const named =
    (prefix: string, suffix = '') =>
    (size: Size) =>
      `${prefix}${boreCode(size.d)}${suffix}`;
  return [
    ...series(KEGEL, ISO_355['302'], named('302')),
    ...series(KEGEL, ISO_355['303'], named('303')),
    ...series({ ...KEGEL, alpha: 28.8, note: 'großer Druckwinkel' }, ISO_355['313'], named('313')),
    ...series(KEGEL, ISO_355['320'], named('320', '-X')),
    ...series(KEGEL, ISO_355['322'], named('322')),
    ...series(KEGEL, ISO_355['323'], named('323')),
  ];
}

const TONNEN: Family = {
  prefix: 'RL',
  category: ['Rollenlager', 'Pendelrollenlager'],
  noun: 'Pendelrollenlager',
  kind: 'spherical_roller',
  rows: 2,
  note: 'zylindrische Bohrung',
  materials: { ...STEEL, cage: 'St-Blech' },
};

/** Spherical roller bearings, ISO 15 and DIN 635-2. E1: no central rib, K: bore tapered 1:12, M: brass cage. */
export function sphericalRoller(): CatalogueProduct[] {
  const named = (prefix: string, suffix: string) => (size: Size) => `${prefix}${boreCode(size.d)}${suffix}`;
  const tapered: Family = { ...TONNEN, note: 'kegelige Bohrung 1:12' };
  const brass: Family = { ...TONNEN, materials: { ...LARGE, cage: 'CuZn40Pb2' } };
  return [
    ...series(TONNEN, bores(ISO_15['03'], 20, 60), named('213', '-E1')),
    ...series(TONNEN, bores(ISO_15['22'], 25, 100), named('222', '-E1')),
    ...series(tapered, bores(ISO_15['22'], 40, 75), named('222', '-E1-K')),
    ...series(TONNEN, bores(ISO_15['23'], 40, 100), named('223', '-E1')),
    ...series(brass, ISO_15['30'], named('230', '-E1A-M')),
    ...series(brass, ISO_15['31'], named('231', '-E1A-M')),
    ...series(brass, ISO_15['32 roller'], named('232', '-E1A-M')),
  ];
}
