import { pageOf, productSchema } from '../../shared/domain/index.ts';
import { fold } from '../../pipeline/domain/products/index.ts';
import { quantile, type Figure } from '../benchmark.ts';
import { openPipeline, type BenchPipeline } from './open-pipeline.ts';
import { SEARCH_MIX } from './search-mix.ts';

const ROUNDS = 12;
/** Pages that are walked to before the deep one is timed. */
const DEEP = 20;

/** Product search over HTTP at so many products, against plain SQL without the wall on the same database. */
export async function searchFigures(products: number, barMs: number): Promise<Figure[]> {
  const pipeline = await openPipeline({ products });
  try {
    const places = await deepPlaces(pipeline);
    const asked: { kind: string; path: string }[] = [
      ...SEARCH_MIX.map(({ kind, ...query }) => ({ kind, path: pathOf({ ...query, limit: '50' }) })),
      ...places.map((path) => ({ kind: 'deep page', path })),
    ];
    const byKind = new Map<string, number[]>();
    const all: number[] = [];
    const single = new Map<string, number[]>();
    for (let round = -2; round < ROUNDS; round += 1) {
      for (const { kind, path } of asked) {
        const started = performance.now();
        const answer = await pipeline.operator.get(path);
        const took = performance.now() - started;
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        if (round < 0) continue;
        all.push(took);
        byKind.set(kind, [...(byKind.get(kind) ?? []), took]);
        single.set(path, [...(single.get(path) ?? []), took]);
      }
    }
    const plain = await plainTimes(pipeline);
    const [p95, baseline] = [quantile(all, 0.95), quantile(plain, 0.95)];
    const kinds = [...byKind].map(([kind, times]) => `${kind} ${quantile(times, 0.95).toFixed(1)}`).join(', ');
    const slowest = [...single].sort((a, b) => quantile(b[1], 0.5) - quantile(a[1], 0.5)).slice(0, 4);
    console.log(`  p95 by kind, ms: ${kinds}`);
    console.log(
      `  slowest medians: ${slowest.map(([path, times]) => `${decodeURIComponent(path.slice(10, 70))} ${quantile(times, 0.5).toFixed(1)}`).join('; ')}`,
    );
    const ratio = (p95 / baseline).toFixed(2);
    return [
      {
        name: `product search over HTTP, ${products} products, p95 of ${all.length}`,
        value: `${p95.toFixed(1)} ms (median ${quantile(all, 0.5).toFixed(1)}) against ${baseline.toFixed(1)} ms for LIKE as superuser (x ${ratio})`,
        bar: `${barMs} ms`,
        held: p95 <= barMs,
      },
    ];
  } finally {
    await pipeline.stop();
  }
}

function pathOf(query: Record<string, string>): string {
  return `/products?${new URLSearchParams(query)}`;
}

/** The addresses of the pages after DEEP others, of a few queries. */
async function deepPlaces({ operator }: BenchPipeline): Promise<string[]> {
  const found: string[] = [];
  for (const query of [{ query: 'Rillenkugellager' }, { query: '' }, { query: 'KL-62' }, { query: 'Lagerluft C3' }]) {
    let path = pathOf({ ...query, limit: '200' });
    for (let page = 0; page < DEEP; page += 1) {
      const { next_cursor: next } = await operator.read(pageOf(productSchema), path);
      if (next === null) break;
      path = pathOf({ ...query, limit: '50', cursor: next });
    }
    found.push(path);
  }
  return found;
}

/**
 * The same words as LIKE over a trigram index of the whole texts, sorted by PIM-ID, as the superuser sees it: no wall, no
 * typos, no count. The index is made for it, once in a kept data directory.
 */
async function plainTimes({ admin }: BenchPipeline): Promise<number[]> {
  await admin.query(`
    DO $$ BEGIN IF to_regclass('public.bench_texts') IS NULL THEN
      CREATE TABLE public.bench_texts AS SELECT product_id, tenant_id, pim_id, search_text FROM rd_search.products;
      CREATE INDEX ON public.bench_texts USING gin (tenant_id rd_search.uuid_ops, search_text rd_search.gin_trgm_ops);
      CREATE INDEX ON public.bench_texts (tenant_id, pim_id, product_id);
      ANALYZE public.bench_texts;
    END IF; END $$`);
  const tenant = await admin.query<{ id: string }>("SELECT id FROM rd.tenants WHERE name LIKE 'Kugelwerk%'");
  const times: number[] = [];
  for (let round = -1; round < 4; round += 1) {
    for (const { query } of SEARCH_MIX) {
      const words = fold(query).split(' ').filter(Boolean);
      const likes = words.map((_, position) => ` AND search_text LIKE $${position + 2}`).join('');
      const started = performance.now();
      await admin.query(
        `SELECT product_id FROM public.bench_texts WHERE tenant_id = $1${likes} ORDER BY pim_id, product_id LIMIT 51`,
        [tenant.rows[0]?.id, ...words.map((word) => `%${word}%`)],
      );
      if (round >= 0) times.push(performance.now() - started);
    }
  }
  return times;
}
