import { strToU8, zipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkWorkbook } from './check-workbook.ts';
import { parseList } from './parse.ts';

const WORKBOOK_NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL_NS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_NS = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook with one cell, at the place it claims, its sheet under the name given. */
function workbook(cell: { row: string; reference: string }, sheet = 'worksheets/sheet1.xml'): Uint8Array {
  const rel = (target: string, kind: string) =>
    `<Relationships xmlns="${PACKAGE_NS}"><Relationship Id="rId1" Type="${REL_NS}/${kind}" Target="${target}"/></Relationships>`;
  const text = `<c r="${cell.reference}" t="inlineStr"><is><t>KL-6205</t></is></c>`;
  const parts = {
    '_rels/.rels': rel('xl/workbook.xml', 'officeDocument'),
    'xl/workbook.xml': `<workbook xmlns="${WORKBOOK_NS}" xmlns:r="${REL_NS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rel(sheet, 'worksheet'),
    [`xl/${sheet}`]: `<worksheet xmlns="${WORKBOOK_NS}"><sheetData><row r="${cell.row}">${text}</row></sheetData></worksheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

describe('a workbook', () => {
  it('of a product list is let through', async () => {
    expect(() => checkWorkbook(workbook({ row: '1', reference: 'A1' }))).not.toThrow();
    const example = await readFile('resources/examples/product-list.xlsx');
    expect(() => checkWorkbook(example)).not.toThrow();
  });

  it.each([
    ['a row beyond the last', workbook({ row: '99999999999', reference: 'A99999999999' })],
    ['a column beyond the last', workbook({ row: '1', reference: 'ZZZZZZZ1' })],
    ['more cells than a list has', workbook({ row: '1048576', reference: 'XFD1048576' })],
    ['its sheet under another name', workbook({ row: '99999999999', reference: 'ZZZZZZZ1' }, 'elsewhere.bin')],
    ['zeros that unpack to 300 MB', zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(300 * 1024 * 1024) })],
  ])('with %s is refused before room is made for it', async (_name, bytes) => {
    expect(() => checkWorkbook(bytes)).toThrow(/claims|unpacks/);
    expect(await parseList(bytes)).toMatchObject({ ok: false, failure: { code: 'file_unreadable' } });
  });
});
