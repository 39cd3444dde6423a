import { quantile } from '../benchmark.ts';

/** Milliseconds that one run of the work took. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Milliseconds of each of several runs one after another, after some to warm up. */
export async function repeat(times: number, work: () => Promise<unknown>): Promise<number[]> {
  for (let round = 0; round < Math.min(3, times); round += 1) await work();
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) taken.push(await millisecondsOf(work));
  return taken;
}

/** `12.3 ms (median 4.5)` for the 95th percentile of samples. */
export function spoken(samples: readonly number[]): string {
  return `${quantile(samples, 0.95).toFixed(1)} ms (median ${quantile(samples, 0.5).toFixed(1)})`;
}
