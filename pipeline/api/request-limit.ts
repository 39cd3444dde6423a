import { fail, ok, type Result } from '../../shared/errors/index.ts';

/** Keeps one caller from taking the server for itself. Counted in this process: of several servers each has its own. */
export interface RequestLimit {
  /** Counts one request of this caller; `rate_limited` with the seconds to wait once there are too many. */
  take(caller: string): Result<null>;
}

const WINDOW_MS = 10_000;
const PER_MINUTE = 60_000;
/** Callers that are counted at once; beyond it the count starts anew, for it must not grow without end. */
const REMEMBERED = 50_000;

/** Requests a minute and caller: RENDERDESK_REQUESTS_PER_MINUTE, else far more than any desk sends. */
export function requestsPerMinute(env: NodeJS.ProcessEnv = process.env): number {
  const given = Number(env['RENDERDESK_REQUESTS_PER_MINUTE'] ?? PER_MINUTE);
  return Number.isInteger(given) && given > 0 ? given : PER_MINUTE;
}

/** Counts in windows of ten seconds. */
export function createRequestLimit(perMinute: number, now: () => number = Date.now): RequestLimit {
  const most = Math.max(1, Math.ceil((perMinute * WINDOW_MS) / 60_000));
  const counts = new Map<string, number>();
  let ends = 0;
  return {
    take: (caller) => {
      const at = now();
      if (at >= ends || counts.size > REMEMBERED) {
        counts.clear();
        ends = at + WINDOW_MS;
      }
      const count = (counts.get(caller) ?? 0) + 1;
      counts.set(caller, count);
      if (count <= most) return ok(null);
      const seconds = Math.max(1, Math.ceil((ends - at) / 1000));
      return fail('rate_limited', `Too many requests. Wait ${seconds} seconds.`, {
        details: { retry_after_s: seconds },
      });
    },
  };
}
