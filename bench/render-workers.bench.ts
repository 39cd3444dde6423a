import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { orderSchema, pageOf, productSchema } from '../shared/domain/index.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openPipeline, type BenchPipeline } from './pipeline/open-pipeline.ts';

/** What is ordered, and how many of it: enough for some seconds of one worker. */
const ORDERS = [
  { outputType: 'Thumbnail', pixels: '256 px JPEG', renders: 60 },
  { outputType: 'Web Standard', pixels: '1024 px WebP', renders: 16 },
] as const;
/** Renders before those that count: a worker's first one loads and warms what draws. */
const WARM_UP = 4;
const AT_ONCE = [1, 2, 4] as const;
/** An order that makes no progress for so long is given up. */
const STUCK_MS = 20_000;
const WORKER = path.resolve(import.meta.dirname, '../pipeline/worker.ts');

type Ordered = (typeof ORDERS)[number];

/** Renders a second of one order, from its creation to its end. */
async function throughput({ operator }: BenchPipeline, outputType: string, renders: number): Promise<number> {
  const page = await operator.read(pageOf(productSchema), `/products?query=KL-62&limit=${renders}`);
  const started = performance.now();
  const order = await operator.change(orderSchema, 'POST', '/orders', {
    product_ids: page.items.map(({ id }) => id),
    output_type_name: outputType,
    material_override: 'Steel-Bare',
  });
  let [done, since] = [0, started];
  for (;;) {
    const { lines } = await operator.read(orderSchema, `/orders/${order.id}`);
    const now = performance.now();
    if (lines.failed > 0) throw new Error(`${lines.failed} renders failed.`);
    if (lines.done === page.items.length) return (lines.done / (now - started)) * 1000;
    if (lines.done > done) [done, since] = [lines.done, now];
    if (now - since > STUCK_MS) throw new Error(`${done} of ${page.items.length} renders are done, and no more come.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Worker processes beside a pipeline that renders nothing itself. */
async function startWorkers({ dataDir, admin }: BenchPipeline, many: number): Promise<ChildProcess[]> {
  const { roleSecret } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8')) as {
    roleSecret: string;
  };
  const url = `postgres://${encodeURIComponent(admin.host)}:${admin.port}/renderdesk`;
  const flags = ['--database-url', url, '--files', path.join(dataDir, 'files'), '--concurrency', '1'];
  const workers = Array.from({ length: many }, () =>
    spawn(process.execPath, [WORKER, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, RENDERDESK_ROLE_SECRET: roleSecret, RENDERDESK_LOG_LEVEL: 'error' },
    }),
  );
  try {
    await Promise.all(workers.map(ready));
    return workers;
  } catch (error) {
    await stopWorkers(workers);
    throw error;
  }
}

/** It says one line once it takes jobs. */
function ready(worker: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.stdout?.once('data', () => {
      resolve();
    });
    worker.once('exit', (code) => {
      reject(new Error(`A worker ended with ${String(code)} before it took jobs.`));
    });
  });
}

async function stopWorkers(workers: readonly ChildProcess[]): Promise<void> {
  const running = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  const gone = running.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
  for (const worker of running) worker.kill('SIGTERM');
  await Promise.all(gone);
}

/** The rate of each kind of order, with so many at once. */
type Measure = (dataDir: string, many: number) => Promise<Map<Ordered, number>>;

async function ratesOf(pipeline: BenchPipeline): Promise<Map<Ordered, number>> {
  const rates = new Map<Ordered, number>();
  for (const ordered of ORDERS) {
    await throughput(pipeline, ordered.outputType, WARM_UP);
    rates.set(ordered, await throughput(pipeline, ordered.outputType, ordered.renders));
  }
  return rates;
}

const inOneProcess: Measure = async (dataDir, many) => {
  const pipeline = await openPipeline({ dataDir, workers: many });
  try {
    return await ratesOf(pipeline);
  } finally {
    await pipeline.stop();
  }
};

const inProcesses: Measure = async (dataDir, many) => {
  const pipeline = await openPipeline({ dataDir });
  try {
    const workers = await startWorkers(pipeline, many);
    try {
      return await ratesOf(pipeline);
    } finally {
      await stopWorkers(workers);
    }
  } finally {
    await pipeline.stop();
  }
};

const WAYS: readonly [string, Measure][] = [
  ['at once in the pipeline', inOneProcess],
  ['worker processes', inProcesses],
];

function figureOf(name: string, rates: readonly number[]): Figure {
  const [one = 0, two = 0, four = 0] = rates;
  return {
    name,
    value: `${one.toFixed(1)}, ${two.toFixed(1)} and ${four.toFixed(1)}/s (x ${(two / one).toFixed(2)}, x ${(four / one).toFixed(2)} of one)`,
    bar: 'two not slower than one',
    held: two >= one * 0.95,
  };
}

export const benchmark: Benchmark = {
  what: `renders a second of an order of ${ORDERS.map(({ renders, pixels }) => `${renders} (${pixels})`).join(', ')}, with ${AT_ONCE.join(', ')} at once in one process and as processes`,
  run: async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'rd-bench-'));
    try {
      const figures: Figure[] = [];
      for (const [way, measure] of WAYS) {
        const measured: Map<Ordered, number>[] = [];
        for (const many of AT_ONCE) {
          const rates = await measure(dataDir, many);
          const told = [...rates].map(([{ pixels }, rate]) => `${pixels} ${rate.toFixed(1)}/s`);
          console.log(`  ${many} ${way}: ${told.join(', ')}`);
          measured.push(rates);
        }
        for (const ordered of ORDERS) {
          const rates = measured.map((of) => of.get(ordered) ?? 0);
          figures.push(figureOf(`${ordered.pixels}, ${AT_ONCE.join(', ')} ${way}`, rates));
        }
      }
      return figures;
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
