import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';

type Arguments = Record<string, unknown>;

const listed = z.object({ product_ids: z.array(z.string()) });
const selected = z.object({ selection_id: z.string() });

/** A call's arguments without some of its products: fewer ids, or a selection that lacks them. */
export async function withoutProducts(
  args: Arguments,
  without: readonly string[],
  client: PipelineClient,
): Promise<Result<Arguments>> {
  const gone = new Set(without);
  const ids = listed.safeParse(args);
  if (ids.success) return ok({ ...args, product_ids: ids.data.product_ids.filter((id) => !gone.has(id)) });
  const selection = selected.safeParse(args);
  if (!selection.success) return fail('validation_failed', 'This change has no products that could be taken out.');
  const { selection_id: all } = selection.data;
  const { createSelection, selection: read } = client.read;
  const [before, removed] = await Promise.all([read(all), createSelection({ product_ids: [...gone] }, randomUUID())]);
  if (!before.ok) return before.failure.code === 'not_found' ? fail('selection_expired') : before;
  if (!removed.ok) return removed;
  const label = `${before.value.label} (${String(gone.size)} taken out)`.slice(0, 300);
  const rest = await createSelection({ op: 'minus', a: all, b: removed.value.id, label }, randomUUID());
  return rest.ok ? ok({ ...args, selection_id: rest.value.id }) : rest;
}
