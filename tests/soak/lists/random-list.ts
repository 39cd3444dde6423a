import type { Random } from '../random.ts';

/** A product list as people send them, and how many products it really names. */
export interface MessyList {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Distinct products that are named exactly or with other case and spacing. */
  readonly products: number;
  readonly rows: number;
}

const headers = ['PIM-ID', 'pim_id', 'Artikelnummer', 'Product', 'Produkt-ID', 'SKU'];
const junk = ['', '???', 'see above', 'TOTAL', '12345', '=1+1', '"quoted"', 'Ä Ö Ü', '<b>bold</b>', '\u00a0'];

/** A CSV file with these products among noise: separators, quoting, case, blanks, repeats, unknown rows, encodings. */
export function randomList(random: Random, pimIds: readonly string[]): MessyList {
  const separator = random.pick([',', ';', '\t']);
  const end = random.pick(['\n', '\r\n']);
  const chosen = Array.from({ length: 1 + random.int(40) }, () => random.pick(pimIds));
  const rows = chosen.flatMap((pimId) => {
    const row = [disguise(pimId, random), String(random.int(100)), quote(random.pick(junk))].join(separator);
    return random.chance(0.1) ? [row, [`XX-${random.int(9999)}-NONE`, '1', ''].join(separator)] : [row];
  });
  const header = [random.pick(headers), 'Menge', 'Bemerkung'].join(separator);
  const text = [header, ...rows].join(end) + (random.chance(0.5) ? end : '');
  const marked = random.chance(0.3) ? `\ufeff${text}` : text;
  return {
    name: random.pick(['list.csv', 'Liste Ä.csv', 'export.CSV']),
    bytes: new Uint8Array(new TextEncoder().encode(marked)),
    products: new Set(chosen).size,
    rows: rows.length,
  };
}

/** The same product, written as people write it. */
function disguise(pimId: string, random: Random): string {
  const written = random.pick([pimId, pimId, pimId.toLowerCase(), ` ${pimId} `, pimId.toUpperCase()]);
  return random.chance(0.2) ? `"${written}"` : written;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Files that are no product list at all; each has to be refused with a reason, or come to nothing found. */
export const hopelessFiles: readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [
  { name: 'empty.csv', bytes: new Uint8Array() },
  { name: 'zeros.csv', bytes: new Uint8Array(1000) },
  { name: 'notes.xlsx', bytes: new Uint8Array(new TextEncoder().encode('this is not a workbook')) },
  { name: 'broken.xlsx', bytes: Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]) },
  { name: '../../escape.csv', bytes: new Uint8Array(new TextEncoder().encode('PIM-ID\nnothing\n')) },
  { name: 'quotes.csv', bytes: new Uint8Array(new TextEncoder().encode(`PIM-ID\n"${'x'.repeat(100_000)}`)) },
  { name: 'wide.csv', bytes: new Uint8Array(new TextEncoder().encode(`${'a,'.repeat(50_000)}\n`)) },
  { name: 'picture.png', bytes: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]) },
];
