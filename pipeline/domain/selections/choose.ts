import type { NewSelection, ProductFilter, Selection } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { findMissing, productIdsOf, resolveReferences } from '../products/index.ts';
import { chooseByRenders } from './of-renders.ts';
import { findSelection, type SelectionRow } from './selections.ts';

export interface Chosen {
  productIds: string[];
  /** What the set is called where nobody named it. */
  label: string;
  /** What references turned out to be, where it was made from such. */
  references?: Selection['references'];
}

/** The products a new selection is made of, without repeats. */
export async function chooseProducts(tx: Tx, asked: NewSelection): Promise<Result<Chosen>> {
  if ('product_ids' in asked) return await chooseByIds(tx, asked.product_ids);
  if ('references' in asked) return await chooseByReferences(tx, asked.references);
  if ('filter' in asked) return ok({ productIds: await productIdsOf(tx, asked.filter), label: labelOf(asked.filter) });
  if ('renders' in asked) return await chooseByRenders(tx, asked.renders);
  const a = await findSelection(tx, asked.a);
  if (!a.ok) return a;
  const b = await findSelection(tx, asked.b);
  if (!b.ok) return b;
  return ok(combine(asked.op, a.value, b.value));
}

async function chooseByIds(tx: Tx, given: readonly string[]): Promise<Result<Chosen>> {
  const productIds = [...new Set(given.map((id) => id.toLowerCase()))];
  const missing = await findMissing(tx, productIds);
  if (missing.length === 0) return ok({ productIds, label: `${productIds.length} products` });
  return fail('unknown_products', `${missing.length} of the products do not exist.`, {
    fields: missing
      .slice(0, 20)
      .map(({ id, position }) => ({ field: `product_ids.${position}`, message: `no product ${id}` })),
  });
}

/** Takes the exact ones. What is only likely is for a person to say: it is counted, not taken. */
async function chooseByReferences(tx: Tx, references: readonly string[]): Promise<Result<Chosen>> {
  const resolved = await resolveReferences((work) => work(tx), references, new AbortController().signal);
  if (!resolved.ok) return resolved;
  const { items, counts } = resolved.value;
  const exact = items.flatMap(({ match, product_id: id }) => (match === 'exact' && id !== null ? [id] : []));
  const productIds = [...new Set(exact)];
  if (productIds.length === 0) return fail('nothing_found', undefined, { details: { references: counts } });
  return ok({ productIds, label: `${productIds.length} products of a list`, references: counts });
}

function labelOf({ query, category }: ProductFilter): string {
  return [query, category].filter((part) => part !== undefined && part !== '').join(', ') || 'all products';
}

type Op = Extract<NewSelection, { op: unknown }>['op'];
const OP_WORDS: Record<Op, string> = { union: 'and', minus: 'without', intersect: 'also in' };

function combine(op: Op, a: SelectionRow, b: SelectionRow): Chosen {
  const inB = new Set(b.productIds);
  const sets: Record<Op, () => string[]> = {
    union: () => [...new Set([...a.productIds, ...b.productIds])],
    minus: () => a.productIds.filter((id) => !inB.has(id)),
    intersect: () => a.productIds.filter((id) => inB.has(id)),
  };
  return { productIds: sets[op](), label: `${a.label} ${OP_WORDS[op]} ${b.label}`.slice(0, 300) };
}
