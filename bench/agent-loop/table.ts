import { quantile } from '../benchmark.ts';

export interface Spread {
  readonly median: number;
  /** The quarter of the samples below and the quarter above lie beyond these. */
  readonly low: number;
  readonly high: number;
}

export interface Row extends Spread {
  readonly name: string;
}

export function spreadOf(samples: readonly number[]): Spread {
  return { median: quantile(samples, 0.5), low: quantile(samples, 0.25), high: quantile(samples, 0.75) };
}

/** Prints medians with their spread, and each against the first row. */
export function table(what: string, unit: string, rows: readonly Row[]): void {
  console.log(`  ${what}`);
  const [least] = rows;
  for (const { name, median, low, high } of rows) {
    const ratio = least === undefined ? '' : `x ${(median / least.median).toFixed(2)}`;
    const more = least === undefined ? '' : signed(median - least.median, unit);
    const spread = `(half of them ${low.toFixed(2)} to ${high.toFixed(2)})`;
    console.log(
      `    ${name.padEnd(14)} ${median.toFixed(2).padStart(8)} ${unit}  ${ratio.padEnd(8)} ${more.padEnd(12)} ${spread}`,
    );
  }
}

function signed(value: number, unit: string): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)} ${unit}`;
}
