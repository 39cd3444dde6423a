import { asc, eq, sql } from 'drizzle-orm';
import type { Material, MaterialWrite, Removed } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { ChangeContext } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { namedBy, writtenAt } from './find.ts';

const { materials } = schema;
type Row = typeof materials.$inferSelect;

async function allOf({ tx, lock }: ChangeContext): Promise<Row[]> {
  const query = tx.select().from(materials).orderBy(asc(materials.id));
  return await (lock ? query.for('update') : query);
}

/**
 * Works out what a material is from now on, made where there is none of that name. Renders made later look so; a name
 * that open orders carry as their override stays.
 */
export async function planMaterial(
  context: ChangeContext,
  ref: string,
  write: MaterialWrite,
): Promise<Result<Plan<Material>>> {
  const all = await allOf(context);
  const written = writtenAt(all, ref, { name: write.name, what: 'material' });
  if (!written.ok) return written;
  const { before, name } = written.value;
  const orders = before === null || before.name === name ? 0 : await overriding(context, before.name);
  if (before !== null && orders > 0) return inUse(before, `the material override of ${orders} open orders`);
  const { tx, actor } = context;
  const { description, color, metallic, roughness } = write;
  const values = { name, description, color, metallic, roughness };
  return ok({
    effect: {
      summary: `Material ${name}: ${before === null ? 'new' : 'changed'}`,
      counts: { materials: 1 },
      sample: [{ id: before?.id ?? name, label: name, note: color }],
    },
    snapshot: snapshotOf('material', before, values),
    execute: async () => {
      const [row] =
        before === null
          ? await tx
              .insert(materials)
              .values({ ...values, tenantId: actor.tenantId })
              .returning()
          : await tx.update(materials).set(values).where(eq(materials.id, before.id)).returning();
      if (row === undefined) throw new Error('No material was written.');
      await tell(tx, actor.tenantId, { type: 'library.changed' });
      return { id: row.id, ...values };
    },
  });
}

/** Works out the end of a material that nothing uses: no mapping, and no order that is still to be rendered. */
export async function planMaterialRemoval(context: ChangeContext, ref: string): Promise<Result<Plan<Removed>>> {
  const found = namedBy(await allOf(context), ref, 'material');
  if (!found.ok) return found;
  const row = found.value;
  if (row === null) return fail('not_found', 'There is no material of that name.');
  const { tx, actor } = context;
  const mapped = await tx.$count(schema.materialMappings, eq(schema.materialMappings.materialId, row.id));
  if (mapped > 0) return inUse(row, `what ${mapped} CAD materials are mapped to`);
  const orders = await overriding(context, row.name);
  if (orders > 0) return inUse(row, `the material override of ${orders} open orders`);
  return ok({
    effect: {
      summary: `Material ${row.name}: deleted`,
      counts: { materials: 1 },
      sample: [{ id: row.id, label: row.name }],
    },
    snapshot: snapshotOf('material removal', row),
    execute: async () => {
      await tx.delete(materials).where(eq(materials.id, row.id));
      await tell(tx, actor.tenantId, { type: 'library.changed' });
      return { name: row.name, archived: false };
    },
  });
}

/** Orders with lines still to be rendered, or failed ones that may be retried, in this material. */
async function overriding({ tx }: ChangeContext, name: string): Promise<number> {
  return await tx.$count(
    schema.orders,
    sql`${schema.orders.materialOverride} = ${name} AND ${schema.orders.status} NOT IN ('done', 'cancelled')`,
  );
}

function inUse(row: Row, as: string): Result<never> {
  return fail('state_conflict', `${row.name} is ${as}. Change those first.`);
}
