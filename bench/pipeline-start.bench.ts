import { quantile, type Benchmark } from './benchmark.ts';
import { openPipeline } from './pipeline/open-pipeline.ts';
import { millisecondsOf } from './pipeline/timing.ts';

const STARTS = 5;
const BAR_MS = 1000;

export const benchmark: Benchmark = {
  what: 'warm start of a pipeline on a data directory with 100,000 products, from the process to the first answer',
  run: async () => {
    if (process.env['RENDERDESK_BENCH_DATA'] === undefined) {
      console.log('  set RENDERDESK_BENCH_DATA: without a kept directory every start would seed it anew');
      return [];
    }
    await (await openPipeline({ products: 100_000 })).stop();
    const taken: number[] = [];
    for (let round = 0; round < STARTS; round += 1) {
      let pipeline: Awaited<ReturnType<typeof openPipeline>> | undefined;
      taken.push(
        await millisecondsOf(async () => {
          pipeline = await openPipeline({ products: 100_000 });
        }),
      );
      await pipeline?.stop();
    }
    const [first, median] = [taken[0] ?? 0, quantile(taken, 0.5)];
    return [
      {
        name: 'start, sign-in included, median',
        value: `${median.toFixed(0)} ms (x ${(median / first).toFixed(2)} of the first)`,
        bar: `${BAR_MS} ms`,
        held: median <= BAR_MS,
      },
    ];
  },
};
