import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { pageOf, productSchema } from '../../../shared/domain/index.ts';
import type { Client } from '../../test-support/client.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { fold } from './fold.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let tenantId = '';

interface Row extends Record<string, unknown> {
  id: string;
  pim_id: string;
  pim_key: string;
  designation_key: string;
  text: string;
  category: string;
}

/** Always the same "random" numbers. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pick = numbers(20_260_301);

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
  const { database } = pipeline().running;
  tenantId = (await database.listTenants()).find(({ name }) => name.startsWith('Kugelwerk'))?.id ?? '';
  // Changes of all kinds, in statements of many rows and of one: new ones, other words, other categories, gone ones.
  for (let round = 0; round < 12; round += 1) {
    await database.provision(tenantId, async (tx) => {
      await tx.execute(sql`
        INSERT INTO rd.products (tenant_id, pim_id, name, designation, category_id, kind, dimensions, cad_materials,
          search_text, pim_key, designation_key)
        SELECT tenant_id, 'ZZ-' || ${round}::text || '-' || pim_id, name, designation, category_id, kind, dimensions, cad_materials,
          concat_ws(' ', 'zz', ${round}::text, left(search_text, length(search_text) - length(pim_key) - length(designation_key) - 2),
            'zz' || ${round}::text || pim_key, designation_key), 'zz' || ${round}::text || pim_key, designation_key
        FROM rd.products WHERE tenant_id = ${tenantId} AND pim_id LIKE 'KL%' ORDER BY md5(pim_id || ${round}::text) LIMIT ${1 + pick(60)}`);
      await tx.execute(sql`
        UPDATE rd.products SET search_text = replace(search_text, 'offen', 'halboffen'),
          category_id = (SELECT id FROM rd.categories WHERE tenant_id = ${tenantId} ORDER BY md5(id::text || ${round}::text) LIMIT 1)
        WHERE id IN (SELECT id FROM rd.products WHERE tenant_id = ${tenantId} ORDER BY md5(id::text || ${round}::text) LIMIT ${pick(40)})`);
      await tx.execute(sql`
        DELETE FROM rd.products WHERE id IN (
          SELECT id FROM rd.products p WHERE tenant_id = ${tenantId} AND pim_id LIKE 'ZZ%'
          ORDER BY md5(id::text || ${round}::text) LIMIT ${pick(25)})`);
    });
  }
});

async function everything(): Promise<Row[]> {
  const answer = await pipeline().running.database.provision(tenantId, (tx) =>
    tx.execute<Row>(sql`
      SELECT p.id, p.pim_id, p.pim_key, p.designation_key, c.path AS category,
        left(p.search_text, length(p.search_text) - length(p.pim_key) - length(p.designation_key) - 2) AS text
      FROM rd.products p JOIN rd.categories c ON c.id = p.category_id WHERE p.tenant_id = ${tenantId}`),
  );
  return answer.rows;
}

const isWithin = (path: string, category: string | undefined): boolean =>
  category === undefined || path === category || path.startsWith(`${category} > `);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What should be found, by looking at every product; null: a word has to be corrected first. */
function expected(rows: readonly Row[], query: string, category: string | undefined): string[] | null {
  const words = fold(query).split(' ').filter(Boolean);
  const key = words.join('');
  const isIn = (text: string, word: string): boolean =>
    text.split(' ').some((one) => (word.length < 3 ? one.startsWith(word) : one.includes(word)));
  const strange = words.filter((word) => !rows.some(({ text }) => isIn(text, word)));
  const numbersOf = (row: Row): string => `${row.pim_key} ${row.designation_key}`;
  if (strange.some((word) => !rows.some((row) => isIn(numbersOf(row), word)))) return null;
  const ranked: { row: Row; rank: number; place: string }[] = [];
  for (const row of rows.filter((one) => isWithin(one.category, category))) {
    if (key !== '' && (row.pim_key === key || row.designation_key === key))
      ranked.push({ row, rank: 0, place: row.pim_id });
    else if (key !== '' && row.pim_key.startsWith(key)) ranked.push({ row, rank: 1, place: row.pim_key });
    else if (key !== '' && row.designation_key.startsWith(key))
      ranked.push({ row, rank: 2, place: row.designation_key });
    else if (words.every((word) => isIn(strange.includes(word) ? numbersOf(row) : row.text, word)))
      ranked.push({ row, rank: 3, place: row.pim_id });
  }
  ranked.sort((a, b) => a.rank - b.rank || byText(a.place, b.place) || byText(a.row.id, b.row.id));
  return ranked.map(({ row }) => row.pim_id);
}

/** Parts of words that are there, alone and together, and now and then one across the parts of a number. */
function queryFrom(rows: readonly Row[]): string {
  const parts: string[] = [];
  for (let n = 1 + pick(3); n > 0; n -= 1) {
    const row = rows[pick(rows.length)] ?? { text: '', pim_key: '' };
    const words = pick(6) === 0 ? [row.pim_key] : row.text.split(' ');
    const word = words[pick(words.length)] ?? '';
    const start = pick(3) === 0 ? 0 : pick(Math.max(1, word.length - 3));
    parts.push(pick(2) === 0 ? word : word.slice(start, start + 1 + pick(6)));
  }
  return parts.join(' ').trim();
}

test('what is found and counted is what looking at every product finds, in its order, after changes of all kinds', async () => {
  const rows = await everything();
  const categories = [...new Set(rows.map(({ category }) => category))];
  let compared = 0;
  for (let n = 0; n < 150; n += 1) {
    const query = queryFrom(rows);
    const category = n % 4 === 0 ? categories[pick(categories.length)] : undefined;
    const wanted = expected(rows, query, category);
    if (wanted === null) continue;
    compared += 1;
    const filter = new URLSearchParams({ query, limit: '40', ...(category === undefined ? {} : { category }) });
    const first = await operator.read(pageOf(productSchema), `/products?${filter}`);
    const found = first.items.map(({ pim_id }) => pim_id);
    expect({ query, category, total: first.total, found }).toEqual({
      query,
      category,
      total: wanted.length,
      found: wanted.slice(0, 40),
    });
    if (first.next_cursor === null) continue;
    const next = await operator.read(pageOf(productSchema), `/products?${filter}&cursor=${first.next_cursor}`);
    expect({ query, found: next.items.map(({ pim_id }) => pim_id) }).toEqual({ query, found: wanted.slice(40, 80) });
  }
  expect(compared).toBeGreaterThan(90);
});
