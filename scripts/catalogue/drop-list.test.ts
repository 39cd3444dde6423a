import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { isUnmapped } from './build.ts';
import { buildProducts } from './products.ts';

const folder = join(root, 'resources/examples');
const products = buildProducts();

async function csvRows(): Promise<string[][]> {
  const text = await readFile(join(folder, 'product-list.csv'), 'utf8');
  return Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter: ';', skipEmptyLines: true }).data;
}

const plain = (text: string) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** The product a reference means once case, spaces and separators don't count. */
function find(reference: string) {
  return products.find((p) => [plain(p.pim_id), plain(p.designation)].includes(plain(reference)));
}

test('of 151 rows 148 are products, ten of them in another spelling, three with an unmapped material', async () => {
  const [header, ...rows] = await csvRows();
  expect(header).toEqual(['Artikelnummer', 'Bezeichnung', 'Menge']);
  expect(rows).toHaveLength(151);
  const found = rows.flatMap(([reference = '']) => find(reference) ?? []);
  expect(new Set(found.map((product) => product.pim_id)).size).toBe(148);
  expect(found.filter(isUnmapped)).toHaveLength(3);
  const exact = rows.filter(([reference]) => products.some((product) => product.pim_id === reference));
  expect(exact).toHaveLength(138);
  const references = rows.map(([reference]) => reference);
  expect(references).toContain('6205 2rsr');
  expect(rows.every(([, , quantity]) => Number(quantity) > 0)).toBe(true);
});

test('the workbook opens and holds the same rows', async () => {
  const sheets = await readXlsxFile(join(folder, 'product-list.xlsx'));
  const rows = sheets[0]?.data.map((row) => row.map(String));
  // A reader may trim cells; the list has one reference with spaces around it.
  const trimmed = (await csvRows()).map((row) => row.map((cell) => cell.trim()));
  expect(rows?.map((row) => row.map((cell) => cell.trim()))).toEqual(trimmed);
});
