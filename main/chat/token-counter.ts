import { Worker } from 'node:worker_threads';
import { within } from './within.ts';

export interface TokenCounter {
  /** Tokens of a text as far as known now: counted before, else an upper bound while the count is on its way. */
  estimate(text: string): number;
  /** The exact count, or the upper bound where that takes longer than a person would notice. */
  count(text: string): Promise<number>;
  /** Gets ready to count; the first count takes a third of a second otherwise. */
  warm(): void;
  close(): Promise<void>;
}

/** Bytes of UTF-8 over three: never far below the truth, measured on prose, code and Japanese. */
const BYTES_PER_TOKEN = 3;
const REMEMBERED = 5000;

/** Longest wait for an exact count, milliseconds. */
const PATIENCE_MS = 25;

/** Counts tokens in a worker that is started with the first text; an estimate never waits, and nothing blocks. */
export function createTokenCounter(): TokenCounter {
  const known = new Map<string, number>();
  const counts = createCountingWorker();

  const ask = async (text: string): Promise<number> => {
    const tokens = await counts.of(text);
    remember(known, text, tokens);
    return tokens;
  };

  return {
    estimate: (text) => {
      const counted = known.get(text);
      if (counted !== undefined) return counted;
      remember(known, text, upperBound(text));
      void ask(text);
      return upperBound(text);
    },
    count: (text) => within(PATIENCE_MS, ask(text), () => upperBound(text)),
    warm: () => void ask(''),
    close: () => counts.close(),
  };
}

function createCountingWorker() {
  const asked = new Map<number, (tokens: number) => void>();
  let worker: Worker | undefined;
  let nextId = 0;

  const start = (): Worker => {
    const started = new Worker(new URL('./token-worker.ts', import.meta.url));
    // Counting must keep no process alive.
    started.unref();
    started.on('message', ({ id, tokens }: { id: number; tokens: number }) => {
      asked.get(id)?.(tokens);
      asked.delete(id);
    });
    return started;
  };

  return {
    of: (text: string) =>
      new Promise<number>((resolve) => {
        worker ??= start();
        asked.set(nextId, resolve);
        worker.postMessage({ id: nextId++, text });
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}

function remember(known: Map<string, number>, text: string, tokens: number): void {
  const oldest = known.keys().next();
  if (known.size >= REMEMBERED && !oldest.done) known.delete(oldest.value);
  known.set(text, tokens);
}

function upperBound(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}
