import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { pageOf, productSchema, type Product } from '../../../shared/domain/index.ts';
import type { Client } from '../../test-support/client.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { searchColumns } from './fold.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
});

async function everyPage(filter: Record<string, string>, limit: number): Promise<{ items: Product[]; total: number }> {
  const items: Product[] = [];
  for (let cursor: string | null = null; ;) {
    const query = new URLSearchParams({ ...filter, limit: String(limit), ...(cursor === null ? {} : { cursor }) });
    const page: { items: Product[]; next_cursor: string | null; total: number } = await operator.read(
      pageOf(productSchema),
      `/products?${query}`,
    );
    items.push(...page.items);
    cursor = page.next_cursor;
    if (cursor === null) return { items, total: page.total };
  }
}

test.each([
  [{ query: '62' }],
  [{ query: 'kl6' }],
  [{ query: '6205' }],
  [{ query: 'Kugellager' }],
  [{ query: 'rillenkugel offen' }],
  [{ query: 'Lager 25' }],
  [{ query: '62', category: 'Rollenlager' }],
  [{ category: 'Nadellager' }],
  [{ query: '52rs' }],
])('%j goes through everything it counts once, page by page', async (filter) => {
  const whole = await everyPage(filter, 200);
  const paged = await everyPage(filter, 7);
  expect(paged.items.map(({ pim_id }) => pim_id)).toEqual(whole.items.map(({ pim_id }) => pim_id));
  expect(new Set(whole.items.map(({ id }) => id)).size).toBe(whole.total);
  expect(whole.total).toBeGreaterThan(0);
});

test('the same number comes first, then what begins so, then what has it elsewhere', async () => {
  const { items } = await everyPage({ query: '6205' }, 200);
  const designations = items.map(({ designation }) => designation);
  expect(designations[0]).toBe('6205');
  const begun = designations.findLastIndex((designation) => designation.startsWith('6205'));
  expect(designations.slice(0, begun + 1).every((designation) => designation.startsWith('6205'))).toBe(true);
  expect(designations.slice(begun + 1)).toContain('S6205-2RSR');
});

test('every word counts, short ones as the beginning of one', async () => {
  const { items } = await everyPage({ query: 'Zylinderrollenlager NU' }, 200);
  expect(items.length).toBeGreaterThan(10);
  expect(items.every(({ designation, name }) => / NU/.test(` ${designation} ${name}`))).toBe(true);
});

test.each(['Wurstbrot', 'Rillenkugellager Wurstbrot', '%', '_', '62%', String.raw`\ `, 'ß', 'x'.repeat(200)])(
  '%s finds nothing it should not',
  async (query) => {
    const { items } = await everyPage({ query: query.slice(0, 200) }, 200);
    expect(items.every(({ pim_id }) => query.includes('62') || pim_id !== 'KL-6205')).toBe(
      /\p{Letter}|\p{Number}/u.test(query),
    );
  },
);

test('a changed product is found by its new words and no more by the old, in its new category', async () => {
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  const tenantId = tenant?.id ?? '';
  const name = 'Sonderlager Vogelfrei mit Quarzfenster';
  const columns = searchColumns({ pim_id: 'KL-6207', name, designation: '6207', category: ['Nadellager'] });
  const rename = (to: string, text: string): Promise<unknown> =>
    database.provision(tenantId, (tx) =>
      tx.execute(sql`UPDATE rd.products SET name = ${to}, search_text = ${text}
        WHERE tenant_id = ${tenantId} AND pim_id = 'KL-6207'`),
    );
  const before = await operator.read(productSchema, '/products/KL-6207');
  await rename(name, columns.searchText);
  expect((await everyPage({ query: 'Quarzfenster' }, 50)).items.map(({ pim_id }) => pim_id)).toEqual(['KL-6207']);
  expect((await everyPage({ query: 'Rillenkugellager 6207' }, 50)).items.map(({ pim_id }) => pim_id)).not.toContain(
    'KL-6207',
  );
  const old = searchColumns({ ...before, category: before.category_path });
  await rename(before.name, old.searchText);
  expect((await everyPage({ query: 'Quarzfenster' }, 50)).total).toBe(0);
  expect((await everyPage({ query: 'Rillenkugellager 6207' }, 50)).items[0]?.pim_id).toBe('KL-6207');
});
