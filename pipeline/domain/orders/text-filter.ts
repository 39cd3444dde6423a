import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import { schema, type Tx } from '../../db/index.ts';
import { EXACT_TOTAL } from '../paging.ts';
import { anyId, anyText, likeLiteral, sideBySide } from '../sql.ts';
import { isPartOfNumber } from './number.ts';

const { orders, users } = schema;

/**
 * The condition that an order has the text, in whatever case, in its number, recipe, material override or creator's name;
 * undefined for no text. What has the text is asked first, so that an order is only compared for equality and indexes
 * can lead there.
 */
export async function hasText(tx: Tx, text: string): Promise<SQL | undefined> {
  if (text === '') return undefined;
  const pattern = `%${likeLiteral(text)}%`;
  const creators = tx
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.name} ILIKE ${pattern}`);
  const [number, names, ids] = await sideBySide([hasNumber(tx, text.toUpperCase()), hasName(tx, pattern), creators]);
  const creator = ids.length > 0 ? sql`${orders.createdBy} = ${anyId(ids.map(({ id }) => id))}` : undefined;
  return or(number, ...names, creator) ?? sql`false`;
}

/** Numbers are upper case. They are read from their index alone, and compared where most of them have the text. */
async function hasNumber(tx: Tx, text: string): Promise<SQL | undefined> {
  if (!isPartOfNumber(text)) return undefined;
  const like = sql`${orders.number} LIKE ${`%${text}%`}`;
  const rows = await tx
    .select({ number: orders.number })
    .from(orders)
    .where(like)
    .limit(EXACT_TOTAL + 1);
  if (rows.length > EXACT_TOTAL) return like;
  return rows.length > 0 ? sql`${orders.number} = ${anyText(rows.map(({ number }) => number))}` : undefined;
}

/** Recipes and materials, which are few: from each the index leads to the next. Each recipe's last row has no material. */
async function hasName(tx: Tx, pattern: string): Promise<SQL[]> {
  const first = (column: SQL, where: SQL): SQL =>
    sql`(SELECT ${column} FROM rd.orders o WHERE ${where} ORDER BY ${column} LIMIT 1)`;
  const [type, material] = [sql`o.output_type_name`, sql`o.material_override`];
  const answer = await tx.execute<{ type: string; material: string | null; by_type: boolean }>(sql`
    WITH RECURSIVE types (type) AS (
      SELECT ${first(type, sql`true`)}
      UNION ALL SELECT ${first(type, sql`${type} > t.type`)} FROM types t WHERE t.type IS NOT NULL
    ), used (type, material) AS (
      SELECT t.type, ${first(material, sql`${type} = t.type`)} FROM types t WHERE t.type IS NOT NULL
      UNION ALL SELECT u.type, ${first(material, sql`${type} = u.type AND ${material} > u.material`)} FROM used u
        WHERE u.material IS NOT NULL
    )
    SELECT type, material, type ILIKE ${pattern} AS by_type FROM used
    WHERE type ILIKE ${pattern} OR material ILIKE ${pattern}`);
  const types = new Set(answer.rows.filter((row) => row.by_type).map((row) => row.type));
  const materials = answer.rows.flatMap((row) =>
    row.by_type || row.material === null
      ? []
      : [and(eq(orders.outputTypeName, row.type), eq(orders.materialOverride, row.material))],
  );
  return [types.size > 0 ? sql`${orders.outputTypeName} = ${anyText([...types])}` : undefined, ...materials].flatMap(
    (condition) => condition ?? [],
  );
}
