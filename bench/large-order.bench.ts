import { dryRunSchema, orderSchema } from '../shared/domain/index.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openPipeline, type BenchPipeline } from './pipeline/open-pipeline.ts';
import { millisecondsOf } from './pipeline/timing.ts';

const PRODUCTS = 10_000;
const BLOCKED_BAR_MS = 50;

interface Step {
  name: string;
  bar: number;
  run: () => Promise<unknown>;
}

async function measure(pipeline: BenchPipeline, { name, bar, run }: Step): Promise<Figure[]> {
  await pipeline.probe();
  const took = await millisecondsOf(run);
  const { blockedMs, mostMegabytes } = await pipeline.probe();
  return [
    {
      name,
      value: `${took.toFixed(0)} ms (x ${(took / bar).toFixed(2)} of the bar), ${mostMegabytes.toFixed(0)} MB at most`,
      bar: `${bar} ms`,
      held: took <= bar,
    },
    {
      name: `${name}: event loop blocked at most`,
      value: `${blockedMs.toFixed(0)} ms`,
      bar: `${BLOCKED_BAR_MS} ms`,
      held: blockedMs <= BLOCKED_BAR_MS,
    },
  ];
}

async function run(pipeline: BenchPipeline): Promise<Figure[]> {
  const { operator, admin } = pipeline;
  const rows = await admin.query<{ id: string }>(
    `SELECT p.id FROM rd.products p JOIN rd.tenants t ON t.id = p.tenant_id WHERE t.name LIKE 'Kugelwerk%'
     ORDER BY p.id LIMIT $1`,
    [PRODUCTS],
  );
  const body = { product_ids: rows.rows.map(({ id }) => id), output_type_name: 'Thumbnail' };
  // The first call pays for the compiling of the code; it is for one product.
  const one = { ...body, product_ids: body.product_ids.slice(0, 1) };
  await operator.change(orderSchema, 'POST', '/orders', one);
  const key = `bench-${Date.now()}`;
  const post = async (path: string, sent: unknown, useKey = key): Promise<unknown> => {
    const answer = await operator.call('POST', path, { body: sent, key: useKey });
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status}`);
    return answer.body;
  };
  let number = '';
  const create = async (): Promise<void> => {
    number = orderSchema.parse(await post('/orders', body)).number;
  };
  const steps: Step[] = [
    {
      name: 'dry run of 10,000 products',
      bar: 500,
      run: async () => dryRunSchema.parse(await post('/orders?dry_run=true', body)),
    },
    { name: 'created and dispatched', bar: 3000, run: create },
    { name: 'the same key again (replay)', bar: 100, run: create },
    { name: 'cancelled', bar: 3000, run: () => post(`/orders/${number}/cancel`, undefined, `${key}-cancel`) },
  ];
  const figures: Figure[] = [];
  for (const step of steps) figures.push(...(await measure(pipeline, step)));
  return figures;
}

export const benchmark: Benchmark = {
  what: 'an order of 10,000 products: dry run, created and dispatched, replayed, cancelled',
  run: async () => {
    const pipeline = await openPipeline({ products: 100_000 });
    try {
      return await run(pipeline);
    } finally {
      await pipeline.stop();
    }
  },
};
