/** One figure of a benchmark against its bar; `value` shows both sides of the comparison and their ratio. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly bar: string;
  readonly held: boolean;
}

/** A `bench/*.bench.ts` exports one of these as `benchmark`. It compares both sides in the same run. */
export interface Benchmark {
  readonly what: string;
  run(): Promise<readonly Figure[]>;
}

/** The value below which the given share of the samples lies; `share` 0.5 is the median. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
