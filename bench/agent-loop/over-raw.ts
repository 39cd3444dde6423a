import type { Figure } from '../benchmark.ts';
import type { TurnTimes } from './contestant.ts';
import { spreadOf, type Row } from './table.ts';

/** One row for each contestant, of one time of its turns. */
export function rowsOf(found: ReadonlyMap<string, readonly TurnTimes[]>, time: (times: TurnTimes) => number): Row[] {
  return [...found].map(([name, times]) => ({ name, ...spreadOf(times.map(time)) }));
}

/** The medians of what we take and what raw takes, in ms, against how much more it may be. */
export function overRaw(name: string, raw: number | undefined, ours: number | undefined, barMs: number): Figure {
  if (raw === undefined || ours === undefined) throw new Error('nothing was measured');
  const more = ours - raw;
  const value = `${ours.toFixed(2)} ms against raw ${raw.toFixed(2)} ms (x ${(ours / raw).toFixed(2)}, +${more.toFixed(2)} ms)`;
  return { name, value, bar: `+${barMs} ms`, held: more <= barMs };
}
