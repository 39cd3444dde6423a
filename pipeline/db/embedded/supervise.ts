import { isAlive, stopServer } from './cluster.ts';

/** What became of a server that ended by itself. */
export type ServerReport =
  | { event: 'gone' }
  | { event: 'back'; ms: number }
  /** It did not come back in as many tries as there are, or it ends again and again. */
  | { event: 'given up'; error: Error };

/** A server that is watched: where it ends by itself, it is started again. */
export interface Supervised {
  /** Ends the watching and the server. */
  stop(): Promise<void>;
}

const LOOK_MS = 200;
/** Pauses before the tries of one comeback. */
const PAUSES_MS = [50, 250, 500, 1000, 2000, 4000, 8000] as const;
/** A server that was lost this often within that time is not started again. */
const MOST_LOSSES = 10;
const WITHIN_MS = 5 * 60_000;
const STOP_MS = 15_000;

/**
 * Watches the server process and starts it again when it is gone, with growing pauses and a limit. Committed work is
 * there again after the restart: PostgreSQL recovers it from its log.
 */
export function superviseServer(
  first: number,
  restart: () => Promise<number>,
  report: (what: ServerReport) => void,
): Supervised {
  const state = { pid: first, stopping: false, losses: [] as number[], gaveUp: false };
  let recovering: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (state.stopping || state.gaveUp || recovering !== null || isAlive(state.pid)) return;
    recovering = comeBack().finally(() => {
      recovering = null;
    });
  }, LOOK_MS);
  const comeBack = async (): Promise<void> => {
    const since = Date.now();
    report({ event: 'gone' });
    state.losses = [...state.losses.filter((at) => at > since - WITHIN_MS), since];
    let last = new Error(`PostgreSQL ended ${state.losses.length} times within ${WITHIN_MS / 60_000} minutes.`);
    if (state.losses.length <= MOST_LOSSES) {
      for (const pause of PAUSES_MS) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (state.stopping) return;
        try {
          state.pid = await restart();
          report({ event: 'back', ms: Date.now() - since });
          return;
        } catch (error) {
          last = error instanceof Error ? error : new Error(String(error));
        }
      }
    }
    state.gaveUp = true;
    report({ event: 'given up', error: last });
  };
  return {
    stop: async () => {
      state.stopping = true;
      clearInterval(timer);
      await recovering;
      await stopServer(state.pid, STOP_MS);
    },
  };
}
