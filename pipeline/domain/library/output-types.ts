import { asc, eq, sql } from 'drizzle-orm';
import type { OutputType, OutputTypeWrite, Removed } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { ChangeContext } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { namedBy, writtenAt } from './find.ts';
import { presentOutputType } from './list-output-types.ts';

const { outputTypes } = schema;
type Row = typeof outputTypes.$inferSelect;

/** All of the tenant, the archived too; locked in one order, since one of them is always the default. */
async function allOf({ tx, lock }: ChangeContext): Promise<Row[]> {
  const query = tx.select().from(outputTypes).orderBy(asc(outputTypes.id));
  return await (lock ? query.for('update') : query);
}

/**
 * Works out what an output type is from now on, made where there is none of that name. Orders keep the settings they
 * were made with. One that was archived is offered again.
 */
export async function planOutputType(
  context: ChangeContext,
  ref: string,
  write: OutputTypeWrite,
): Promise<Result<Plan<OutputType>>> {
  const all = await allOf(context);
  const written = writtenAt(all, ref, { name: write.name, what: 'output type' });
  if (!written.ok) return written;
  const { before, name } = written.value;
  const current = all.find((row) => row.isDefault) ?? null;
  const isDefault = write.is_default ?? before?.isDefault ?? current === null;
  if (before !== null && before.isDefault && !isDefault) return needsDefault(before);
  const { description, settings } = write;
  const { tx, actor } = context;
  const now = before === null || before.archivedAt !== null ? 'new' : 'changed';
  return ok({
    effect: {
      summary: `Output type ${name}: ${now}, ${settings.format} ${settings.width} x ${settings.height}${isDefault ? ', the default' : ''}`,
      counts: { output_types: 1 },
      sample: [
        {
          id: before?.id ?? name,
          label: name,
          note: before === null || before.name === name ? now : `was ${before.name}`,
        },
      ],
    },
    snapshot: snapshotOf('output type', before, name, description, settings, isDefault, current?.id),
    execute: async () => {
      if (isDefault) await tx.update(outputTypes).set({ isDefault: false }).where(eq(outputTypes.isDefault, true));
      const values = { name, description, settings, isDefault, archivedAt: null };
      const [row] =
        before === null
          ? await tx
              .insert(outputTypes)
              .values({ ...values, tenantId: actor.tenantId })
              .returning()
          : await tx.update(outputTypes).set(values).where(eq(outputTypes.id, before.id)).returning();
      if (row === undefined) throw new Error('No output type was written.');
      await tell(tx, actor.tenantId, { type: 'library.changed' });
      return presentOutputType(row);
    },
  });
}

function needsDefault(row: Row): Result<never> {
  return fail('state_conflict', `${row.name} is the default. Make another output type the default first.`);
}

/** Works out the end of an output type: deleted, or archived where orders were made with it. Never the default. */
export async function planOutputTypeRemoval(context: ChangeContext, ref: string): Promise<Result<Plan<Removed>>> {
  const found = namedBy(
    (await allOf(context)).filter(({ archivedAt }) => archivedAt === null),
    ref,
    'output type',
  );
  if (!found.ok) return found;
  const row = found.value;
  if (row === null) return fail('not_found', 'There is no output type of that name.');
  if (row.isDefault) return needsDefault(row);
  const { tx, actor } = context;
  const orders = await tx.$count(schema.orders, eq(schema.orders.outputTypeId, row.id));
  const archived = orders > 0;
  return ok({
    effect: {
      summary: `Output type ${row.name}: ${archived ? `archived, ${orders} orders keep it` : 'deleted'}`,
      counts: { output_types: 1, orders },
      sample: [{ id: row.id, label: row.name }],
    },
    snapshot: snapshotOf('output type removal', row, archived),
    execute: async () => {
      const its = eq(outputTypes.id, row.id);
      if (archived)
        await tx
          .update(outputTypes)
          .set({ archivedAt: sql`now()` })
          .where(its);
      else await tx.delete(outputTypes).where(its);
      await tell(tx, actor.tenantId, { type: 'library.changed' });
      return { name: row.name, archived };
    },
  });
}
