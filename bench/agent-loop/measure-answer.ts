import { startChild } from './start-child.ts';

/** What one long answer takes of the process that reads it. */
export interface LongAnswer {
  /** Processor time of all its threads for each token, in microseconds; the server's is not in it. */
  readonly cpuUs: number;
  /** What heap and resident memory grow by at the peak of the first such answer, from just after a sweep. */
  readonly heapBytes: number;
  readonly rssBytes: number;
  /** Resident memory of the whole process at that peak. */
  readonly rssPeak: number;
}

/** Each contestant in a process of its own, one after another, and that so many times. */
export async function measureAnswers(
  keys: readonly string[],
  place: { origin: string; others: string },
  { tokens, times }: { tokens: number; times: number },
): Promise<Map<string, LongAnswer[]>> {
  const found = new Map<string, LongAnswer[]>(keys.map((key) => [key, []]));
  for (let time = 0; time < times; time += 1) {
    for (const key of keys) {
      const words = [place.origin, key, place.others, String(tokens)];
      const { child, said } = await startChild<LongAnswer>('long-answer.ts', words, ['--expose-gc']);
      child.kill();
      found.get(key)?.push(said);
    }
  }
  return found;
}
