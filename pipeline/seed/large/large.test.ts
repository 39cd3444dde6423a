import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { orderLineSchema, orderSchema, pageOf, productSchema } from '../../../shared/domain/index.ts';
import { searchColumns } from '../../domain/products/index.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { productIds } from '../../test-support/orders.ts';
import { readCatalogue } from '../catalogue.ts';
import { basesOf, variants } from './bases.ts';
import { seedLarge } from './index.ts';

const PRODUCTS = 3000;
const pipeline = usePipeline({ workers: 0, seed: { large: PRODUCTS } });

test('makes so many products and a tenth as many orders, whose columns are as the application makes them', async () => {
  const { database } = pipeline().running;
  const [first, second] = await database.listTenants();
  // Of no tenant in particular: all of them.
  const counts = await database.provision('', (tx) =>
    tx.execute<{ products: number; orders: number }>(sql`SELECT count(*)::integer AS products,
      (SELECT count(*)::integer FROM rd.orders o WHERE o.tenant_id = p.tenant_id) AS orders FROM rd.products p
      GROUP BY tenant_id ORDER BY 1 DESC`),
  );
  expect(counts.rows).toEqual([
    { products: PRODUCTS, orders: PRODUCTS / 10 },
    { products: PRODUCTS / 10, orders: PRODUCTS / 100 },
  ]);
  expect([first?.name, second?.name]).toEqual([`Kugelwerk, large=${PRODUCTS}`, `Nordlager, large=${PRODUCTS}`]);
  const rows = await database.provision(first?.id ?? '', (tx) =>
    tx.execute<Record<string, string>>(sql`SELECT p.pim_id, p.name, p.designation, c.path, p.search_text, p.pim_key,
      p.designation_key FROM rd.products p JOIN rd.categories c ON c.id = p.category_id`),
  );
  for (const row of rows.rows) {
    const { pim_id: pimId = '', name = '', designation = '', path = '' } = row;
    const made = searchColumns({ pim_id: pimId, name, designation, category: path.split(' > ') });
    expect([row['search_text'], row['pim_key'], row['designation_key']]).toEqual([
      made.searchText,
      made.pimKey,
      made.designationKey,
    ]);
  }
});

test('orders agree with their lines, and a new one goes on after the last', async () => {
  const operator = await pipeline().as('operator@kugelwerk.example');
  const page = await operator.read(pageOf(orderSchema), '/orders?limit=100');
  expect(page.total).toBe(PRODUCTS / 10);
  for (const order of page.items.slice(0, 5)) {
    const { items } = await operator.read(pageOf(orderLineSchema), `/orders/${order.number}/lines?limit=100`);
    expect(items).toHaveLength(order.lines.total);
    expect(items.filter(({ status }) => status === 'failed')).toHaveLength(order.lines.failed);
  }
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  const wrong = await database.provision(tenant?.id ?? '', (tx) =>
    tx.execute(sql`SELECT o.number FROM rd.orders o LEFT JOIN rd.order_lines l ON l.order_id = o.id GROUP BY o.id
      HAVING count(*) <> o.lines_total OR count(*) FILTER (WHERE l.status = 'done') <> o.lines_done
        OR o.lines_queued + o.lines_done + o.lines_failed + o.lines_cancelled <> o.lines_total`),
  );
  expect(wrong.rows).toEqual([]);
  const numbers = await database.provision(tenant?.id ?? '', (tx) =>
    tx.execute<{ number: string }>(sql`SELECT max(number) AS number FROM rd.orders
      WHERE tenant_id = ${tenant?.id} AND number LIKE ${`SA-${new Date().getFullYear()}-%`}`),
  );
  const body = { product_ids: await productIds(operator, 'limit=1'), output_type_name: 'Thumbnail', dispatch: false };
  const made = await operator.change(orderSchema, 'POST', '/orders', body);
  expect(Number(made.number.slice(8))).toBe(Number(numbers.rows[0]?.number.slice(8)) + 1);
});

test('the search knows what was filled in bulk and what came after', async () => {
  const operator = await pipeline().as('operator@kugelwerk.example');
  const found = await operator.read(pageOf(productSchema), '/products?query=Rilenkugellager+6205&limit=5');
  expect(found.items[0]?.pim_id).toBe('KL-6205');
  expect((await operator.read(pageOf(productSchema), '/products?limit=1')).total).toBe(PRODUCTS);
});

test('a second start finds it made; another size or another seed is told off', async () => {
  const { database } = pipeline().running;
  expect(await seedLarge(database, PRODUCTS)).toEqual({ ok: true, value: [] });
  const other = await seedLarge(database, PRODUCTS + 1);
  expect(other).toMatchObject({ ok: false, failure: { message: expect.stringContaining('already holds Kugelwerk') } });
});

test('no variant has the name of another product', async () => {
  const bases = basesOf((await readCatalogue())['products.json']);
  const made = bases.flatMap(({ designation }) => variants(400).map(({ code }) => designation + code));
  expect(new Set(made).size).toBe(made.length);
});
