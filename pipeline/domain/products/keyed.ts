import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { anyId, sideBySide } from '../sql.ts';
import type { Breathe } from '../take-turns.ts';

/** Products by the keys that references are matched with, with no more of each than matching needs. */
export interface KeyedProducts {
  /** In the order of the PIM-IDs. A product's place here stands for it. */
  ids: string[];
  /** Places of the products that have a key, as PIM-ID or designation folded without spaces. */
  byKey: Map<string, number | number[]>;
}

/** What a person knows a product by. */
export interface ProductNames {
  pim_id: string;
  name: string;
  designation: string;
}

/** Products in one row of an answer: a row for each would cost more than what is in it. */
const PART = 1000;
/** Products whose names are asked for at a time. */
const NAMES = 5000;

/** Has the tenant more products than this? */
export async function hasMoreThan(tx: Tx, most: number): Promise<boolean> {
  const answer = await tx.execute(sql`SELECT FROM rd.products OFFSET ${most} LIMIT 1`);
  return answer.rows.length > 0;
}

/** Every product, as texts that `keyedOf` takes apart. */
export function readAll(tx: Tx): Promise<string[]> {
  return readParts(tx, sql`rd.products`);
}

/** The products that have one of the keys. */
export function readByKeys(tx: Tx, keys: readonly string[]): Promise<string[]> {
  // Keys are letters and digits; as one text they cost a hundredth of an array.
  return readParts(
    tx,
    sql`(WITH asked AS MATERIALIZED (SELECT unnest(string_to_array(${keys.join(' ')}, ' ')) AS key)
      SELECT p.id, p.pim_id, p.pim_key, p.designation_key FROM asked a JOIN rd.products p ON p.pim_key = a.key
      UNION
      SELECT p.id, p.pim_id, p.pim_key, p.designation_key FROM asked a JOIN rd.products p ON p.designation_key = a.key) found`,
  );
}

async function readParts(tx: Tx, products: ReturnType<typeof sql>): Promise<string[]> {
  const [, answer] = await sideBySide([
    // 100,000 products are sorted in 20 MB; the setting ends with the transaction.
    tx.execute(sql`SELECT set_config('work_mem', '32MB', true)`),
    tx.execute<{ lines: string }>(sql`
      SELECT string_agg(id::text || ' ' || pim_key || ' ' || designation_key, ',' ORDER BY pim_id) AS lines
      FROM (SELECT p.id, p.pim_id, p.pim_key, p.designation_key,
              (row_number() OVER (ORDER BY p.pim_id) - 1) / ${PART} AS part
            FROM (SELECT id, pim_id COLLATE "C" AS pim_id, pim_key, designation_key FROM ${products}) p) numbered
      GROUP BY part ORDER BY part`),
  ]);
  return answer.rows.map(({ lines }) => lines);
}

/** The products of those texts by their keys. */
export async function keyedOf(parts: readonly string[], breathe: Breathe): Promise<KeyedProducts> {
  const ids: string[] = [];
  const byKey: KeyedProducts['byKey'] = new Map();
  for (const part of parts) {
    for (const line of part.split(',')) {
      const [id = '', pimKey = '', designationKey = ''] = line.split(' ');
      addPlace(byKey, pimKey, ids.length);
      if (designationKey !== pimKey) addPlace(byKey, designationKey, ids.length);
      ids.push(id);
    }
    await breathe();
  }
  return { ids, byKey };
}

function addPlace(byKey: KeyedProducts['byKey'], key: string, place: number): void {
  const known = byKey.get(key);
  if (known === undefined) byKey.set(key, place);
  else if (typeof known === 'number') byKey.set(key, [known, place]);
  else known.push(place);
}

/** Places of the products that have the key. */
export function placesOf(products: KeyedProducts, key: string): readonly number[] {
  const known = products.byKey.get(key);
  return known === undefined ? [] : typeof known === 'number' ? [known] : known;
}

/** The names of these products by id, but for those that are gone by now. */
export async function readNames(
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  ids: readonly string[],
): Promise<Map<string, ProductNames>> {
  const names = new Map<string, ProductNames>();
  for (let start = 0; start < ids.length; start += NAMES) {
    const answer = await read((tx) =>
      tx.execute<ProductNames & Record<string, unknown> & { id: string }>(
        sql`SELECT p.id, p.pim_id, p.name, p.designation FROM rd.products p WHERE p.id = ${anyId(ids.slice(start, start + NAMES))}`,
      ),
    );
    for (const { id, ...known } of answer.rows) names.set(id, known);
  }
  return names;
}
