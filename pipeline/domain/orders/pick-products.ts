import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Context } from '../context.ts';
import { findMissing } from '../products/index.ts';
import { findSelection } from '../selections/index.ts';

/** The products of a new order: ids without repeats, in the order given. */
export async function pickProducts(
  context: Context,
  asked: { product_ids?: readonly string[] | undefined; selection_id?: string | undefined },
): Promise<Result<string[]>> {
  const ids = await askedIds(context, asked);
  if (!ids.ok) return ids;
  if (ids.value.length === 0) return fail('empty_order');
  const missing = await findMissing(context.tx, ids.value);
  if (missing.length === 0) return ids;
  return fail('unknown_products', `${missing.length} of the products do not exist.`, {
    fields: missing
      .slice(0, 20)
      .map(({ id, position }) => ({ field: `product_ids.${position}`, message: `no product ${id}` })),
    details: { missing: missing.length },
  });
}

async function askedIds(
  context: Context,
  asked: { product_ids?: readonly string[] | undefined; selection_id?: string | undefined },
): Promise<Result<string[]>> {
  if (asked.selection_id === undefined) return ok([...new Set(asked.product_ids?.map((id) => id.toLowerCase()) ?? [])]);
  const selection = await findSelection(context.tx, asked.selection_id);
  return selection.ok ? ok(selection.value.productIds) : selection;
}
