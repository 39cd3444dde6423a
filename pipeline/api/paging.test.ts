import { randomUUID } from 'node:crypto';
import { sql, type SQL } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { orderSchema, pageOf } from '../../shared/domain/index.ts';
import type { Client } from '../test-support/client.ts';
import { productIds } from '../test-support/orders.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let admin: Client;
let tenantId: string;
let products: string[];
let orderId: string;

beforeAll(async () => {
  admin = await pipeline().as('admin@kugelwerk.example');
  tenantId = (await pipeline().running.database.listTenants())[0]?.id ?? '';
  products = await productIds(admin, 'limit=40');
  orderId = (await draft(products)).id;
});

async function draft(ids: string[]) {
  const body = { product_ids: ids, output_type_name: 'Web Standard', dispatch: false };
  return await admin.change(orderSchema, 'POST', '/orders', body);
}

/** A row of the list, whatever it is of. */
const anyPage = pageOf(z.looseObject({ id: z.union([z.string(), z.number()]) }));

type Change = 'insert' | 'update' | 'delete';
interface List {
  path: () => string;
  /** Changes something the list shows. */
  change: Record<Change, (nth: number) => Promise<unknown>>;
}

function write(statement: SQL): Promise<unknown> {
  return pipeline().running.database.provision(tenantId, (tx) => tx.execute(statement));
}

/** The nth row of a table of the tenant, in an order of its own. */
function nth(table: string, place: number, which: SQL = sql`true`): SQL {
  return sql`(SELECT id FROM rd.${sql.identifier(table)} WHERE tenant_id = ${tenantId} AND ${which}
    ORDER BY md5(id::text) OFFSET ${place} LIMIT 1)`;
}

const LISTS: Record<string, List> = {
  orders: {
    path: () => '/orders?',
    change: {
      insert: () => draft(products.slice(0, 1)),
      update: (place) => write(sql`UPDATE rd.orders SET revision = revision + 1 WHERE id = ${nth('orders', place)}`),
      delete: (place) => write(sql`DELETE FROM rd.orders WHERE id = ${nth('orders', place, sql`id <> ${orderId}`)}`),
    },
  },
  'lines of an order': {
    path: () => `/orders/${orderId}/lines?`,
    change: {
      insert: () =>
        write(sql`INSERT INTO rd.order_lines (tenant_id, order_id, position, product_id, status)
          SELECT tenant_id, order_id, max(position) + 1, ${products[0]}, 'queued' FROM rd.order_lines
          WHERE order_id = ${orderId} GROUP BY 1, 2`),
      update: (place) =>
        write(sql`UPDATE rd.order_lines SET attempts = attempts + 1
          WHERE id = ${nth('order_lines', place, sql`order_id = ${orderId}`)}`),
      delete: (place) =>
        write(sql`DELETE FROM rd.order_lines WHERE id = ${nth('order_lines', place, sql`order_id = ${orderId}`)}`),
    },
  },
  products: {
    path: () => '/products?query=lager&',
    change: {
      insert: () =>
        write(sql`INSERT INTO rd.products (tenant_id, pim_id, name, designation, category_id, kind, dimensions,
            cad_materials, search_text, pim_key, designation_key)
          SELECT tenant_id, ${`KL-${randomUUID()}`}, name, designation, category_id, kind, dimensions, cad_materials,
            search_text, pim_key, designation_key FROM rd.products WHERE id = ${products[0]}`),
      update: (place) => write(sql`UPDATE rd.products SET name = name || '!' WHERE id = ${nth('products', place)}`),
      delete: (place) =>
        write(
          sql`DELETE FROM rd.products WHERE id = ${nth(
            'products',
            place,
            sql`NOT EXISTS (SELECT 1 FROM rd.order_lines l WHERE l.product_id = products.id)`,
          )}`,
        ),
    },
  },
  users: {
    path: () => '/users?',
    change: {
      insert: () =>
        write(sql`INSERT INTO rd.users (tenant_id, email, name, role, password_hash)
          VALUES (${tenantId}, ${`${randomUUID()}@kugelwerk.example`}, ${`Änne ${'ß'.repeat(90)} ${randomUUID()}`}, 'viewer', '')`),
      update: (place) => write(sql`UPDATE rd.users SET role = 'viewer' WHERE id = ${nth('users', place, invited)}`),
      delete: (place) => write(sql`DELETE FROM rd.users WHERE id = ${nth('users', place, invited)}`),
    },
  },
  audit: {
    path: () => '/audit?',
    change: {
      insert: () => draft(products.slice(0, 1)),
      update: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    },
  },
};

const invited = sql`name LIKE 'Änne%'`;

async function readAll(path: string, between: (page: number) => Promise<unknown>, limit: number) {
  const seen: (string | number)[] = [];
  let cursor = '';
  for (let page = 0; ; page += 1) {
    const { items, next_cursor } = await admin.read(anyPage, `${path}limit=${limit}${cursor}`);
    seen.push(...items.map(({ id }) => id));
    if (next_cursor === null) return seen;
    cursor = `&cursor=${next_cursor}`;
    await between(page);
  }
}

const change = fc.record({
  what: fc.constantFrom<Change>('insert', 'update', 'delete'),
  place: fc.integer({ min: 0, max: 8 }),
});

test.each(Object.entries(LISTS))(
  '%s: no page loses or doubles what was there all along, whatever changes between pages',
  async (_name, list) => {
    for (let count = 0; count < 6; count += 1) await list.change.insert(0);
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 3, maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (changes, limit) => {
          const before = await readAll(list.path(), () => Promise.resolve(), 200);
          const pageSize = Math.max(limit, Math.ceil(before.length / 12));
          const seen = await readAll(
            list.path(),
            async (page) => {
              const next = changes[page];
              if (next !== undefined) await list.change[next.what](next.place);
            },
            pageSize,
          );
          const after = new Set(await readAll(list.path(), () => Promise.resolve(), 200));
          expect(new Set(seen).size).toBe(seen.length);
          const lasting = before.filter((id) => after.has(id));
          expect(seen.filter((id) => lasting.includes(id))).toEqual(lasting);
        },
      ),
      { numRuns: 5, seed: 1 },
    );
  },
);
