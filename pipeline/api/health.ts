import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { knownMigrations } from '../db/index.ts';
import type { Services } from './services.ts';

const WAIT_MS = 3000;
/** So long an answer is given again: a check is open to everybody and must not be a way to load the database. */
const FRESH_MS = 500;

export interface Health {
  status: 'ok';
  checks: { database: 'ok'; schema: 'ok'; queue: 'ok' };
}

/** Can this process do its work? Asks the database, whether it is as new as this program, and for the job queues. */
export type HealthCheck = () => Promise<Result<Health>>;

/** Checks at most twice a second, however often it is asked. */
export function createHealthCheck({ database, log }: Pick<Services, 'database' | 'log'>): HealthCheck {
  const expected = knownMigrations().then((migrations) => migrations.at(-1)?.name ?? '');
  let last: { at: number; answer: Promise<Result<Health>> } | null = null;
  return async () => {
    if (last === null || Date.now() - last.at > FRESH_MS) last = { at: Date.now(), answer: inTime(check()) };
    return await last.answer;
  };

  async function check(): Promise<Result<Health>> {
    try {
      const level = await database.level();
      if (level.migration === null || level.migration < (await expected)) {
        return unready('schema', 'The database is older than this program. Migrate it, or start the older program.');
      }
      if (level.queues === 0) return unready('queue', 'The job queues are missing. Migrate the database.');
      return ok({ status: 'ok', checks: { database: 'ok', schema: 'ok', queue: 'ok' } });
    } catch (error) {
      log.warn({ err: error }, 'health');
      return unready('database', 'The database does not answer.');
    }
  }
}

function unready(failed: string, sentence: string): Result<never> {
  return fail('unavailable', sentence, { details: { check: failed } });
}

async function inTime(answer: Promise<Result<Health>>): Promise<Result<Health>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<Health>>((resolve) => {
    timer = setTimeout(() => {
      resolve(unready('database', `The database did not answer within ${WAIT_MS / 1000} seconds.`));
    }, WAIT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
