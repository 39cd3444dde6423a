import { fail, ok, type Result } from '../../shared/errors/index.ts';

const FREE_FAILURES = 10;
const WINDOW_MS = 5 * 60_000;
const REMEMBERED = 10_000;

/** Slows down guessing: after ten failures for one address from one sender within five minutes the next try waits. */
export interface SignInAttempts {
  allow(who: string): Result<null>;
  note(who: string, succeeded: boolean): void;
}

/** Counts failed sign-ins in this process. */
export function createSignInAttempts(now: () => number = Date.now): SignInAttempts {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    allow: (who) => {
      const known = failures.get(who);
      if (known === undefined || known.until <= now() || known.count < FREE_FAILURES) return ok(null);
      const seconds = Math.ceil((known.until - now()) / 1000);
      return fail('rate_limited', `Too many failed sign-ins. Try again in ${seconds} seconds.`, {
        details: { retry_after_s: seconds },
      });
    },
    note: (who, succeeded) => {
      const known = failures.get(who);
      failures.delete(who);
      if (succeeded) return;
      if (failures.size >= REMEMBERED) failures.clear();
      const running = known !== undefined && known.until > now();
      failures.set(who, {
        count: running ? known.count + 1 : 1,
        until: running ? known.until : now() + WINDOW_MS,
      });
    },
  };
}
