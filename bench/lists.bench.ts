import { orderSchema, pageOf, productSchema } from '../shared/domain/index.ts';
import { quantile, type Benchmark, type Figure } from './benchmark.ts';
import { openPipeline, type BenchPipeline } from './pipeline/open-pipeline.ts';
import { repeat, spoken } from './pipeline/timing.ts';

const ROUNDS = 40;
/** First rows and filters of DESIGN.md 8 are 150 ms in the window; the pipeline may take a third of it. */
const BAR_MS = 50;
const PAGE = 100;

/** Cursor pages that are gone through to come to the deepest place of a list. */
const DEEPEST = 400;

/** The address of the page that lies `pages` of 200 rows deep, or the last one. */
async function deepest(pipeline: BenchPipeline, list: 'orders' | 'products', pages: number): Promise<string> {
  const schema = list === 'orders' ? pageOf(orderSchema) : pageOf(productSchema);
  let path = `/${list}?limit=200`;
  for (let page = 0; page < pages; page += 1) {
    const { next_cursor: next } = await pipeline.operator.read(schema, path);
    if (next === null) break;
    path = `/${list}?limit=200&cursor=${next}`;
  }
  return path.replace('limit=200', `limit=${PAGE}`);
}

const FILTERS: readonly [string, string][] = [
  ['status failed', '/orders?status=failed'],
  ['status running (none)', '/orders?status=running'],
  ['mine', '/orders?mine=true'],
  ['text: one number', '/orders?text=00160'],
  ['text: recipe', '/orders?text=Print'],
  ['text: nothing', '/orders?text=Wurstbrot'],
  ['one month', '/orders?since=2026-03-01T00:00:00Z&until=2026-04-01T00:00:00Z'],
  ['status, mine, text', '/orders?status=done_with_failures&mine=true&text=zoom'],
];

async function times(pipeline: BenchPipeline, path: string): Promise<number[]> {
  return await repeat(ROUNDS, async () => {
    const { status } = await pipeline.operator.get(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  });
}

async function pages(pipeline: BenchPipeline, list: 'orders' | 'products'): Promise<Figure[]> {
  const first = await times(pipeline, `/${list}?limit=${PAGE}`);
  const last = await times(pipeline, await deepest(pipeline, list, DEEPEST));
  const ratio = quantile(last, 0.5) / quantile(first, 0.5);
  return [
    {
      name: `${list}: first page, p95`,
      value: spoken(first),
      bar: `${BAR_MS} ms`,
      held: quantile(first, 0.95) <= BAR_MS,
    },
    {
      name: `${list}: page ${(DEEPEST * 200) / PAGE}, p95`,
      value: `${spoken(last)}, x ${ratio.toFixed(2)} of the first`,
      bar: `${BAR_MS} ms and twice the first`,
      held: quantile(last, 0.95) <= BAR_MS && ratio <= 2,
    },
  ];
}

async function lines(pipeline: BenchPipeline): Promise<Figure> {
  const answer = await pipeline.admin.query<{ number: string }>(
    "SELECT number FROM rd.orders o JOIN rd.tenants t ON t.id = o.tenant_id WHERE t.name LIKE 'Kugelwerk%' ORDER BY lines_total DESC LIMIT 1",
  );
  const taken = await times(pipeline, `/orders/${answer.rows[0]?.number ?? ''}/lines?limit=100`);
  return {
    name: 'lines of the largest order',
    value: spoken(taken),
    bar: `${BAR_MS} ms`,
    held: quantile(taken, 0.95) <= BAR_MS,
  };
}

export const benchmark: Benchmark = {
  what: 'pages of 100 of 100,000 orders and 1,000,000 products over HTTP, p95',
  run: async () => {
    const pipeline = await openPipeline({ products: 1_000_000 });
    try {
      const figures = [...(await pages(pipeline, 'orders')), ...(await pages(pipeline, 'products'))];
      const whole = await times(pipeline, `/orders?limit=${PAGE}`);
      for (const [name, path] of FILTERS) {
        const taken = await times(pipeline, `${path}&limit=${PAGE}`);
        const ratio = quantile(taken, 0.5) / quantile(whole, 0.5);
        figures.push({
          name: `orders by ${name}`,
          value: `${spoken(taken)}, x ${ratio.toFixed(2)} of no filter`,
          bar: `${BAR_MS} ms`,
          held: quantile(taken, 0.95) <= BAR_MS,
        });
      }
      return [...figures, await lines(pipeline)];
    } finally {
      await pipeline.stop();
    }
  },
};
