import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  categorySchema,
  dryRunSchema,
  importAnswerSchema,
  pageOf,
  productSchema,
  type ProductImport,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import type { Answer, Client } from '../../test-support/client.ts';
import { productOf } from '../../test-support/requests.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { readRows } from './read-rows.ts';

const pipeline = usePipeline({ workers: 0 });
const admin = (): Promise<Client> => pipeline().as('admin@kugelwerk.example');
const PATH = '/products/import';

/** Sends a file as it is. */
async function send(bytes: Uint8Array, path = PATH, key: string = randomUUID()): Promise<Answer> {
  const response = await fetch(`${pipeline().origin}/api${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${(await admin()).token}`,
      'content-type': 'text/csv; charset=utf-8',
      'idempotency-key': key,
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

const csv = (text: string, path?: string): Promise<Answer> => send(new TextEncoder().encode(text), path);
const HEADER = 'pim_id;name;designation;category;kind;d;D;B;closure;cad_materials';
const row = (pimId: string, more = ''): string =>
  `${pimId};Schrägkugellager ${pimId};${pimId};Kugellager > Schrägkugellager;angular_contact;20;47;14,3;open;inner_ring=100Cr6|cage=Messing${more}`;

test('an import is shown, made, and found; the same again changes nothing', async () => {
  const by = await admin();
  const body = [productOf('NEU-1'), productOf('NEU-2', { category: ['Sonderlager', 'Hybrid', 'Keramik'] })];
  const shown = dryRunSchema.parse((await by.call('POST', `${PATH}?dry_run=true`, { body, key: null })).body);
  expect(shown.effect).toMatchObject({
    summary: 'Import of 2 products: 2 new, 0 changed, 0 unchanged, 0 rejected, 3 new categories',
    counts: { rows: 2, new: 2, categories: 3 },
  });
  expect((await by.get('/products/NEU-1')).status).toBe(404);
  const made = await by.change(importAnswerSchema, 'POST', `${PATH}?snapshot=${shown.snapshot}`, body);
  expect(made).toMatchObject({ new: 2, changed: 0, unchanged: 0, categories: 3 });
  expect(await by.read(productSchema, '/products/NEU-2')).toMatchObject({
    category_path: ['Sonderlager', 'Hybrid', 'Keramik'],
    dimensions: { d: 25, D: 52, B: 15 },
  });
  for (const query of ['keramik neu', 'neu2', 'sonderlager']) {
    const found = await by.read(pageOf(productSchema), `/products?query=${encodeURIComponent(query)}`);
    expect(found.items.map(({ pim_id }) => pim_id)).toContain('NEU-2');
  }
  expect(await by.change(importAnswerSchema, 'POST', PATH, body)).toMatchObject({ new: 0, changed: 0, unchanged: 2 });

  // Another name and category: the row changes, and the search with it; the old words find it no longer.
  const moved = [
    productOf('NEU-1'),
    productOf('NEU-2', { name: 'Umbenannt', category: ['kugellager', 'RILLENKUGELLAGER'] }),
  ];
  const gone = await by.call('POST', `${PATH}?snapshot=${shown.snapshot}`, { body: moved });
  expect(problemSchema.parse(gone.body).code).toBe('snapshot_changed');
  expect(await by.change(importAnswerSchema, 'POST', PATH, moved)).toMatchObject({
    changed: 1,
    unchanged: 1,
    categories: 0,
  });
  expect((await by.read(pageOf(productSchema), '/products?query=umbenannt')).items).toHaveLength(1);
  expect((await by.read(pageOf(productSchema), '/products?category=Keramik')).items).toHaveLength(0);
  const categories = await by.read(pageOf(categorySchema), '/categories');
  expect(categories.items.filter(({ name }) => name.toLowerCase() === 'rillenkugellager')).toHaveLength(1);
});

test('one key imports once; the same file under another flag is another request', async () => {
  const by = await admin();
  const key = randomUUID();
  const file = new TextEncoder().encode(`${HEADER}\n${row('KEY-1')}\n`);
  expect((await send(file, PATH, key)).body).toMatchObject({ new: 1 });
  expect((await send(file, PATH, key)).body).toMatchObject({ new: 1 });
  expect((await send(file, PATH)).body).toMatchObject({ new: 0, unchanged: 1 });
  expect((await send(file, `${PATH}?on_error=skip`, key)).status).toBe(409);
  expect((await by.get('/products/KEY-1')).status).toBe(200);
});

const umlauts = `${HEADER}\r\n${row('ENC-1')}\r\n`;
const utf16 = (text: string, mark: boolean): Uint8Array => Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
test.each([
  ['UTF-8', new TextEncoder().encode(umlauts)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${umlauts}`)],
  ['UTF-16 with a mark', utf16(umlauts, true)],
  ['UTF-16 without', utf16(umlauts, false)],
  ['UTF-16 the other way', Buffer.from(utf16(umlauts, true)).swap16()],
  ['Windows-1252', Buffer.from(umlauts, 'latin1')],
  ['tabs', new TextEncoder().encode(umlauts.replaceAll(';', '\t'))],
  [
    'commas and quotes',
    new TextEncoder().encode(
      umlauts
        .replace('14,3', '"14,3"')
        .replace(row('ENC-1'), row('ENC-1').replace('14,3', '"14,3"'))
        .replaceAll(';', ','),
    ),
  ],
  ['lines of old Macs', new TextEncoder().encode(umlauts.replaceAll('\r\n', '\r'))],
])('CSV in %s is read', async (_what, bytes) => {
  expect((await send(bytes)).status).toBe(200);
  expect(await (await admin()).read(productSchema, '/products/ENC-1')).toMatchObject({
    name: 'Schrägkugellager ENC-1',
    category_path: ['Kugellager', 'Schrägkugellager'],
    dimensions: { d: 20, D: 47, B: 14.3, rows: 1, closure: 'open' },
    cad_materials: { inner_ring: '100Cr6', cage: 'Messing' },
  });
});

test('every wrong row is named with its number, column and reason, and nothing is imported', async () => {
  const lines = [
    HEADER,
    row('BAD-1'),
    row('BAD-2').replace(';20;', ';zwanzig;'),
    row('BAD-3').replace('angular_contact', 'sphere'),
    row('BAD-1'),
    '',
    row('').replace(';47;', ';-1;'),
    row('BAD-4', ';too much'),
    `BAD-5;"two\nlines";x;a > > b;deep_groove;1;2;3`,
  ];
  const refused = problemSchema.parse((await csv(lines.join('\n'))).body);
  expect(refused).toMatchObject({ code: 'validation_failed' });
  expect(refused.errors?.map(({ field }) => field)).toEqual([
    'row 3 bore_mm',
    'row 4 kind',
    'row 5 pim_id',
    'row 7 pim_id',
    'row 8',
    'row 9 name',
  ]);
  const by = await admin();
  expect((await by.get('/products/BAD-1')).status).toBe(404);
  const shown = dryRunSchema.parse((await csv(lines.join('\n'), `${PATH}?dry_run=true`)).body);
  expect(shown.effect.counts).toMatchObject({ rows: 7, new: 1, rejected: 6 });
  const taken = importAnswerSchema.parse((await csv(lines.join('\n'), `${PATH}?on_error=skip`)).body);
  expect(taken).toMatchObject({ new: 1, rejected: 6 });
  expect(taken.rejections[0]).toEqual({
    row: 3,
    pim_id: 'BAD-2',
    column: 'bore_mm',
    reason: '"zwanzig" is not a number',
  });
  expect((await by.get('/products/BAD-1')).status).toBe(200);
});

test.each([
  ['nothing', '', 400],
  ['a header alone', HEADER, 400],
  ['a missing column', `${HEADER.replace(';kind', '')}\n`, 400],
  ['an unknown column', `${HEADER};colour\n${row('X-1')};red`, 400],
  ['a column twice', `${HEADER};outside_mm\n`, 400],
  ['quotes that stay open', `${HEADER}\n"X-1;a`, 400],
  ['a picture', '\u0089PNG\r\n\u001a\n', 400],
])('CSV of %s is refused in a sentence', async (_what, text, status) => {
  const answer = await csv(text);
  expect([answer.status, problemSchema.parse(answer.body).detail.length > 10]).toEqual([status, true]);
});

const one = JSON.stringify(productOf('JSON-1'));
test.each([
  ['no array', one],
  ['an empty array', '[]'],
  ['an array that stays open', `[${one}`],
  ['two arrays', `[${one}][${one}]`],
  ['a gap', `[${one},,${one}]`],
  ['half an item', `[${one},{"pim_id": ]`],
  ['a comma at the end', `[${one},]`],
  ['deep nesting', `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`],
  ['an unknown field', `[${one.replace('"kind"', '"colour":"red","kind"')}]`],
  ['NUL', `[${one.replace('Rillen', '\\u0000')}]`],
  ['half a character', `[${one.replace('Rillen', '\\ud800')}]`],
  ['a prototype', `[{"__proto__": ${one}}]`],
])('JSON with %s is refused as a problem', async (_what, body) => {
  const answer = await (await admin()).call('POST', PATH, { body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(400);
});

test('more rows than one import may have are refused, wherever they come', () => {
  const bytes = new TextEncoder().encode(`[${'0,'.repeat(100_000)}0]`);
  const rows = [...readRows({ format: 'json', bytes })];
  expect(rows).toHaveLength(100_002);
  expect(rows.at(-1)).toMatchObject({ ok: false, failure: { code: 'payload_too_large' } });
});

test('two imports of one company at once: the second is told to wait, or finds nothing to do', async () => {
  const by = await admin();
  const body = Array.from({ length: 300 }, (_unused, n): ProductImport => productOf(`TWO-${n}`));
  const answers = await Promise.all([1, 2].map(() => by.call('POST', PATH, { body })));
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  for (const { status } of answers) expect([200, 409]).toContain(status);
  expect((await by.read(pageOf(productSchema), '/products?query=TWO-299')).items).toHaveLength(1);
});
