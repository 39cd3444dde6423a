import { and, eq, gt, sql } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import type { NewSelection, Selection } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { anyId } from '../sql.ts';
import { chooseProducts } from './choose.ts';

const { selections } = schema;
const KEPT_DAYS = 30;
const SAMPLE_SIZE = 5;

export type SelectionRow = InferSelectModel<typeof selections>;

/** Freezes a set of products under a short id. */
export async function makeSelection(context: Context, asked: NewSelection): Promise<Result<Selection>> {
  const { tx, actor } = context;
  const chosen = await chooseProducts(tx, asked);
  if (!chosen.ok) return chosen;
  const [row] = await tx
    .insert(selections)
    .values({
      id: `sel_${randomBytes(9).toString('base64url')}`,
      tenantId: actor.tenantId,
      userId: actor.userId,
      label: asked.label ?? chosen.value.label,
      productIds: chosen.value.productIds,
      expiresAt: sql`now() + ${`${KEPT_DAYS} days`}::interval`,
    })
    .returning();
  if (row === undefined) throw new Error('No selection was made.');
  const { references } = chosen.value;
  return ok({ ...(await presentSelection(tx, row)), ...(references === undefined ? {} : { references }) });
}

/** A selection that is still kept. */
export async function findSelection(tx: Tx, id: string): Promise<Result<SelectionRow>> {
  const [row] = await tx
    .select()
    .from(selections)
    .where(and(eq(selections.id, id), gt(selections.expiresAt, sql`now()`)));
  return row === undefined ? fail('selection_expired') : ok(row);
}

/** The selection with its first few products. */
export async function getSelection(tx: Tx, id: string): Promise<Result<Selection>> {
  const found = await findSelection(tx, id);
  return found.ok ? ok(await presentSelection(tx, found.value)) : found;
}

async function presentSelection(tx: Tx, row: SelectionRow): Promise<Selection> {
  const sample = await tx.execute<Selection['sample'][number] & Record<string, unknown>>(
    sql`SELECT p.id, p.pim_id, p.name FROM rd.products p WHERE p.id = ${anyId(row.productIds.slice(0, SAMPLE_SIZE))} ORDER BY p.pim_id`,
  );
  return {
    id: row.id,
    label: row.label,
    count: row.productIds.length,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    sample: sample.rows,
  };
}
