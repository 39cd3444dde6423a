import type { Database } from '../../db/index.ts';

/** Numbers what the outbox holds whenever something was put in, and every so often in case a call was missed. */
export interface Sequencer {
  stop(): Promise<void>;
}

const POLL_MS = 2000;
const PRUNE_MS = 10 * 60_000;
const BATCH = 1000;

/**
 * Several processes may run one; the database lets one at a time number. `onNumbered` hears of every process's events,
 * `onProgress` of every worker's progress.
 */
export async function startSequencer(
  database: Database,
  hooks: { onNumbered: () => void; onProgress: (payload: string) => void; onError: (error: unknown) => void },
): Promise<Sequencer> {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const number = async (): Promise<void> => {
    do {
      again = false;
      while ((await database.sequenceEvents()) === BATCH) again = true;
    } while (again && !stopped);
  };
  const wake = (): void => {
    again = true;
    if (stopped) return;
    running ??= number()
      .catch(hooks.onError)
      .finally(() => {
        running = null;
        if (again && !stopped) wake();
      });
  };
  const unlisten = await database.listen({
    rd_outbox: wake,
    rd_events: hooks.onNumbered,
    rd_progress: (payload) => {
      if (payload !== null) hooks.onProgress(payload);
    },
  });
  const timers = [
    setInterval(wake, POLL_MS),
    setInterval(() => void database.pruneEvents().catch(hooks.onError), PRUNE_MS),
  ];
  wake();
  return {
    stop: async () => {
      stopped = true;
      timers.forEach(clearInterval);
      await unlisten();
      await running;
    },
  };
}
