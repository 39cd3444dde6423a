import { isDeepStrictEqual } from 'node:util';

/** What was held against the schemas, and what was not and why. */
export const COUNTS = {
  /** Requests that were validated. */
  requests: 0,
  /** Whole answers (JSON), frames of streams, and error bodies that were validated. */
  responses: 0,
  chunks: 0,
  errors: 0,
  /** Answers that a test broke on purpose. */
  broken: 0,
  /** Requests that a test wrote by hand and the model refused: they are wrong on purpose. */
  refused: 0,
  /** Errors in no JSON: a gateway's own page. */
  pages: 0,
  /** Requests that went to a model in memory, which answers with no wire between. */
  scripted: 0,
  /** Requests that were not answered, and streams whose end did not come. */
  unanswered: 0,
  cut: 0,
};
export type Counts = typeof COUNTS;

export interface Verdict {
  readonly counts: Counts;
  /** How often each entry of the overlays was what let something pass. */
  readonly overlays: Record<string, number>;
  /** What did not fit: where, which path of it, and why. */
  readonly problems: string[];
}

/** The sum of what several runs counted. */
export function sumOf(all: readonly Pick<Verdict, 'counts' | 'overlays'>[]): Pick<Verdict, 'counts' | 'overlays'> {
  const sum = { counts: { ...COUNTS }, overlays: {} as Record<string, number> };
  for (const { counts, overlays } of all) {
    for (const name of Object.keys(COUNTS) as (keyof Counts)[]) sum.counts[name] += counts[name];
    for (const [id, number] of Object.entries(overlays)) sum.overlays[id] = (sum.overlays[id] ?? 0) + number;
  }
  return sum;
}

/** The counts as a line to print. */
export function toldOf({ counts, overlays }: Pick<Verdict, 'counts' | 'overlays'>): string {
  if (isDeepStrictEqual(counts, COUNTS)) return 'no conversation with a model';
  const list = (values: Record<string, number>): string =>
    Object.entries(values)
      .map(([name, number]) => `${String(number)} ${name}`)
      .join(', ');
  return `${list(counts)}; by overlays: ${list(overlays) || 'none'}`;
}
