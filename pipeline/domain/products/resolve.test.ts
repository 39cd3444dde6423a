import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { productImportsSchema, type ResolvedReference } from '../../../shared/domain/index.ts';
import { unwrap } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { productOf } from '../../test-support/requests.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { edits } from './edits.ts';
import { fold, foldKey } from './fold.ts';
import { resolveReferences } from './resolve.ts';

const pipeline = usePipeline({ workers: 0, seed: { large: 1000 } });

type Product = Record<'id' | 'pim_id' | 'name' | 'designation', string> & { keys: string[] };
let products: Product[];
let tenantId: string;

/** Numbers that fold alike, share a designation, have none, or are beyond the Latin letters. */
const ODD = [
  ['OD-618-5', '618/5'],
  ['OD-6185', '6185'],
  ['OD 618.5 X', '618-5'],
  ['OD-LEER-1', '-'],
  ['OD-LEER-2', '--'],
  ['OD-Größe-Ä1', 'Maß ﬁ ½'],
  ['OD-𝔸🙂7', 'ＦＵＬＬ７'],
  [`OD-${'LANG'.repeat(20)}`, 'L'.repeat(150)],
] as const;

beforeAll(async () => {
  const admin = await pipeline().as('admin@kugelwerk.example');
  const rows = ODD.map(([pimId, designation]) => ({ ...productOf(pimId), designation }));
  const imported = await admin.call('POST', '/products/import', { body: productImportsSchema.parse(rows) });
  expect(imported.status).toBe(200);
  const { database } = pipeline().running;
  tenantId = (await database.listTenants())[0]?.id ?? '';
  products = await inTenant(async (tx) => {
    const answer = await tx.execute<Product>(
      sql`SELECT id, pim_id, name, designation FROM rd.products ORDER BY pim_id COLLATE "C"`,
    );
    return answer.rows.map((row) => ({ ...row, keys: [row.pim_id, row.designation].map(foldKey) }));
  });
});

function inTenant<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return pipeline().running.database.withTenant(tenantId, work);
}

async function resolve(references: readonly string[]): Promise<ResolvedReference[]> {
  return unwrap(await resolveReferences(inTenant, references, new AbortController().signal)).items;
}

/** The same by its definition, comparing everything with everything. */
function plainly(reference: string): ResolvedReference {
  const words = fold(reference).split(' ').filter(Boolean).slice(0, 8);
  const withKey = (key: string): Product[] => products.filter(({ keys }) => keys.includes(key));
  const sizes = words.map((_, index) => words.length - index);
  for (const size of words.length === 0 ? [0] : sizes) {
    for (let start = 0; start + size <= words.length; start += 1) {
      const left = [...words.slice(0, start), ...words.slice(start + size)];
      if (!left.every((word) => /^\p{Letter}{4,}$/u.test(word))) continue;
      const found = withKey(words.slice(start, start + size).join(''));
      if (found.length === 0) continue;
      const whole = size === words.length;
      const same = found.filter(({ pim_id: a, designation: b }) => [fold(a), fold(b)].includes(fold(reference)));
      const meant = found.length === 1 ? found : same;
      if (meant.length === 1) return item(reference, whole ? 'exact' : 'likely', meant, [whole ? 1 : 0.95]);
      const scores = found.map(() => (whole ? 1 : 0.95));
      return item(reference, 'ambiguous', found, scores);
    }
  }
  return nearly(reference, words.join(''));
}

function nearly(reference: string, key: string): ResolvedReference {
  for (const limit of [1, 2]) {
    if (1 - limit / (key.length + 1) < 0.7) break;
    const scored = products.flatMap((product, place) => {
      const scores = product.keys.flatMap((other) => {
        if (Math.abs(key.length - other.length) > limit) return [];
        const distance = edits(key, other);
        const score = 1 - distance / Math.max(key.length, other.length);
        return distance <= limit && score >= 0.7 ? [score] : [];
      });
      return scores.length === 0 ? [] : [{ product, place, score: Math.max(...scores) }];
    });
    if (scored.length === 0) continue;
    const best = scored.sort((a, b) => b.score - a.score || a.place - b.place).slice(0, 5);
    const alone = best.length === 1 || (best[0]?.score ?? 0) - (best[1]?.score ?? 0) >= 0.05;
    return item(
      reference,
      alone ? 'likely' : 'ambiguous',
      best.map(({ product }) => product),
      best.map(({ score }) => score),
    );
  }
  return item(reference, 'none', [], []);
}

function item(
  reference: string,
  match: ResolvedReference['match'],
  found: readonly Product[],
  scores: readonly number[],
): ResolvedReference {
  return {
    reference,
    match,
    product_id: match === 'exact' || match === 'likely' ? (found[0]?.id ?? null) : null,
    score: scores[0] ?? null,
    candidates:
      match === 'exact'
        ? []
        : found.slice(0, 5).map(({ id, pim_id: pimId, name }, place) => ({
            product_id: id,
            pim_id: pimId,
            name,
            score: scores[place] ?? 0,
          })),
  };
}

const LETTERS = [...'akx0123456789-/ .ÄöüßéÅ½𝔸🙂'];

/** References as lists have them: numbers, designations, words around them, with typing errors; always the same ones. */
function generated(count: number): string[] {
  let state = 42;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
  return Array.from({ length: count }, (_, n) => {
    const odd = n % 5 === 0 ? products.filter(({ pim_id: pimId }) => pimId.startsWith('OD')) : products;
    const { pim_id: pimId = '', designation = '' } = odd[below(odd.length)] ?? {};
    const said =
      [pimId, designation, pimId.toLowerCase(), `Lager ${designation} bitte`, `${pimId} 2 St`][below(5)] ?? '';
    const letters = [...said];
    for (let errors = below(4); errors > 0; errors -= 1) {
      const at = below(letters.length + 1);
      const letter = LETTERS[below(LETTERS.length)] ?? '';
      const kind = below(4);
      if (kind < 3) letters.splice(at, kind === 1 ? 0 : 1, ...(kind === 0 ? [] : [letter]));
      else letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
    }
    return letters.join('');
  });
}

test('a long list and short ones get what comparing everything with everything says', async () => {
  const references = ['', '-', '618 5', '618/5', 'OD618.5', 'Ärger', '🙂', ...generated(530)];
  const expected = references.map(plainly);
  for (const match of ['exact', 'likely', 'ambiguous', 'none'] as const)
    expect(expected.filter((one) => one.match === match).length).toBeGreaterThan(20);
  expect(await resolve(references)).toEqual(expected);
  // Short lists are looked up by their keys.
  for (let start = 0; start < references.length; start += 40)
    expect(await resolve(references.slice(start, start + 40))).toEqual(expected.slice(start, start + 40));
  const exact = references.filter((_, place) => expected[place]?.match === 'exact');
  expect((await resolve(exact)).map(({ match }) => match)).toEqual(exact.map(() => 'exact'));
});

test('a product that goes while the list is matched is no candidate', async () => {
  const [product] = products.filter(({ pim_id: pimId }) => pimId.startsWith('KL'));
  const reference = `${product?.pim_id ?? ''}ZZ`;
  expect((await resolve([reference]))[0]?.candidates.map(({ product_id: id }) => id)).toContain(product?.id);
  let reads = 0;
  const read = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> => {
    reads += 1;
    // The third reads the names of what the first two found.
    return inTenant(async (tx) => (reads < 3 ? await work(tx) : { rows: [] }));
  };
  const answer = unwrap(await resolveReferences(read as never, [reference], new AbortController().signal));
  expect([reads, answer.items]).toEqual([3, [item(reference, 'none', [], [])]]);
});

test('stops when it is told to', async () => {
  const stop = new AbortController();
  const resolving = resolveReferences(inTenant, generated(5000), stop.signal);
  stop.abort();
  expect(await resolving).toMatchObject({ ok: false, failure: { code: 'stopped' } });
});
