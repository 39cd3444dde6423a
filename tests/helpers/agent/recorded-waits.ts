import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/**
 * Lets every wait of `node:timers/promises` end at once, for tests of what waits for minutes; gives the waits that were
 * asked for, in milliseconds. `restore` brings the real ones back.
 */
export function recordedWaits(): { waits: number[]; restore: () => void } {
  const waits: number[] = [];
  const real = timers.setTimeout;
  const wait = (ms = 0, value?: unknown, options: { signal?: AbortSignal } = {}): Promise<unknown> => {
    waits.push(ms);
    return options.signal?.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve(value);
  };
  put(wait as typeof real);
  return { waits, restore: () => put(real) };
}

/** ES modules see the builtin module's functions as they were when it was loaded, until told otherwise. */
function put(wait: typeof timers.setTimeout): void {
  timers.setTimeout = wait;
  syncBuiltinESMExports();
}
