import type { CatalogueProduct } from '../../../shared/domain/index.ts';

/** One row of a product list as a colleague would send it. */
export interface DropRow {
  Artikelnummer: string;
  Bezeichnung: string;
  Menge: number;
}

/** Spellings that mean a product all the same: other case, other separators, the PIM prefix left out or put in. */
const RESPELLED: Readonly<Record<string, string>> = {
  'KL-6205-2RSR': '6205 2rsr',
  'KL-6206-2Z': 'kl-6206-2z',
  'KL-6308': '6308',
  'KL-6004-2RSR': 'KL 6004 2RSR',
  'RL-NU205-E-TVP2': 'NU 205 E TVP2',
  'RL-30205': 'rl30205',
  'RL-22208-E1-K': '22208-E1-K',
  'NL-HK2016': 'hk 2016',
  'AX-51105': ' AX-51105 ',
  'GH-UCP205': 'ucp205',
};

/** Parts the catalogue doesn't have, close to ones it has in no way that could be taken for a typing slip. */
const UNKNOWN: DropRow[] = [
  { Artikelnummer: 'ZK-88214', Bezeichnung: 'Gleitbuchse, gesintert, 20 × 26 × 20 mm', Menge: 40 },
  { Artikelnummer: 'WD-30X47X7', Bezeichnung: 'Wellendichtring A, 30 × 47 × 7 mm', Menge: 60 },
  { Artikelnummer: 'FETT-LGMT-400', Bezeichnung: 'Lagerfett, Kartusche 400 g', Menge: 12 },
];

/** Carry CAD materials without a mapping: exactly three, so that an order for the list has something to say. */
const UNMAPPED = ['KL-7203-B', 'KL-61803', 'RL-NU1008-M1'];

/** Known products on the list, and all rows. */
const KNOWN = 148;

function row(product: CatalogueProduct, index: number): DropRow {
  return {
    Artikelnummer: RESPELLED[product.pim_id] ?? product.pim_id,
    Bezeichnung: product.name,
    Menge: 5 * (1 + ((index * 7) % 12)),
  };
}

/**
 * The sample product list: 148 products of the catalogue, ten of them in another spelling and three with a CAD material
 * that is unmapped, and three rows that are no products of it at all.
 */
export function buildDropList(
  products: readonly CatalogueProduct[],
  unmapped: (product: CatalogueProduct) => boolean,
): DropRow[] {
  const wanted = new Set([...Object.keys(RESPELLED), ...UNMAPPED]);
  const ordinary = products.filter((product) => !wanted.has(product.pim_id) && !unmapped(product));
  const room = KNOWN - wanted.size;
  const spread = Array.from({ length: room }, (_, i) => ordinary[Math.floor((i * ordinary.length) / room)]?.pim_id);
  const chosen = new Set([...wanted, ...spread]);
  const rows = products.filter((product) => chosen.has(product.pim_id)).map(row);
  const step = Math.floor(rows.length / (UNKNOWN.length + 1));
  UNKNOWN.forEach((unknown, i) => rows.splice((i + 1) * step + i, 0, unknown));
  return rows;
}

/** As German spreadsheets save CSV: semicolons, CRLF, a byte order mark so that umlauts survive. */
export function toCsv(rows: readonly DropRow[]): string {
  const cell = (value: string | number) =>
    /[;"\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const lines = rows.map((r) => [r.Artikelnummer, r.Bezeichnung, r.Menge].map(cell).join(';'));
  return `\uFEFF${['Artikelnummer;Bezeichnung;Menge', ...lines].join('\r\n')}\r\n`;
}
