import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { orderSchema, pageOf, productSchema } from '../shared/domain/index.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { openPipeline, type BenchPipeline } from './pipeline/open-pipeline.ts';

const RENDERS = 150;
const WORKER = path.resolve(import.meta.dirname, '../pipeline/worker.ts');

/** Renders a second of one order, from its creation to its end. */
async function throughput({ operator }: BenchPipeline, outputType: string): Promise<number> {
  const page = await operator.read(pageOf(productSchema), `/products?query=KL-62&limit=${RENDERS}`);
  const started = performance.now();
  const order = await operator.change(orderSchema, 'POST', '/orders', {
    product_ids: page.items.map(({ id }) => id),
    output_type_name: outputType,
    material_override: 'Steel-Bare',
  });
  for (;;) {
    const { lines } = await operator.read(orderSchema, `/orders/${order.id}`);
    if (lines.failed > 0) throw new Error(`${lines.failed} renders failed.`);
    if (lines.done === RENDERS) return (RENDERS / (performance.now() - started)) * 1000;
    await new Promise((resolve) => setTimeout(resolve, 50));
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
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.stdout.once('data', resolve))));
  return workers;
}

async function stopWorkers(workers: readonly ChildProcess[]): Promise<void> {
  const gone = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
  for (const worker of workers) worker.kill('SIGTERM');
  await Promise.all(gone);
}

async function inOneProcess(concurrency: number, outputType: string): Promise<number> {
  const pipeline = await openPipeline({ products: 100_000, workers: concurrency });
  try {
    return await throughput(pipeline, outputType);
  } finally {
    await pipeline.stop();
  }
}

async function inProcesses(many: number, outputType: string): Promise<number> {
  const pipeline = await openPipeline({ products: 100_000 });
  const workers = await startWorkers(pipeline, many);
  try {
    return await throughput(pipeline, outputType);
  } finally {
    await stopWorkers(workers);
    await pipeline.stop();
  }
}

export const benchmark: Benchmark = {
  what: `renders a second of an order of ${RENDERS}, with 1, 2 and 4 workers in one process and as processes`,
  run: async () => {
    const figures: Figure[] = [];
    for (const [outputType, pixels] of [
      ['Thumbnail', '256 px JPEG'],
      ['Web Standard', '1024 px WebP'],
    ] as const) {
      const ways: [string, typeof inOneProcess][] = [
        ['at once in the pipeline', inOneProcess],
        ['worker processes', inProcesses],
      ];
      for (const [name, measure] of ways) {
        const rates: number[] = [];
        for (const many of [1, 2, 4]) rates.push(await measure(many, outputType));
        const [one = 0, two = 0, four = 0] = rates;
        figures.push({
          name: `${pixels}, 1, 2 and 4 ${name}`,
          value: `${one.toFixed(1)}, ${two.toFixed(1)} and ${four.toFixed(1)}/s (x ${(two / one).toFixed(2)}, x ${(four / one).toFixed(2)} of one)`,
          bar: 'two not slower than one',
          held: two >= one * 0.95,
        });
      }
    }
    return figures;
  },
};
