import { sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { fail, type Result } from '../../../shared/errors/index.ts';
import type { Database } from '../../db/index.ts';

/** Who tries to get in, and from where. */
export interface Attempt {
  /** What is tried: an e-mail address, a user, … */
  account: string;
  /** Address of the sender. */
  sender: string;
}

/** Slows down guessing, over all API processes of a database. */
export interface AttemptLimit {
  /**
   * Carries out one attempt. After ten failures for one account from one sender within five minutes, or a hundred from
   * one sender, the next is refused as `rate_limited` with the seconds to wait. Nobody else is kept out: not the same
   * account from elsewhere, not another account beside it.
   */
  attempt<T>(who: Attempt, work: () => Promise<Result<T>>): Promise<Result<T>>;
}

const MOST_OF_ACCOUNT = 10;
const MOST_OF_SENDER = 100;
const WINDOW_S = 300;

/** Counts attempts in the database (migration 0007). */
export function createAttemptLimit(database: Database): AttemptLimit {
  const groups = new Map<string, Group>();
  return {
    attempt: async (who, work) => {
      const limits = limitsOf(who);
      const [{ key }] = limits;
      const group = groups.get(key) ?? { members: 0, admitted: new Set(), forgiven: 0, turn: Promise.resolve() };
      groups.set(key, group);
      group.members += 1;
      try {
        return await takePart(group, {
          begin: () => begin(database, limits),
          forgive: () => forgive(database, limits),
          work,
        });
      } finally {
        group.members -= 1;
        if (group.members === 0) groups.delete(key);
      }
    },
  };
}

/** The attempts of this process for one account and sender. */
interface Group {
  members: number;
  /** Those counted whose outcome is open. */
  admitted: Set<Promise<unknown>>;
  /** How many turned out right. */
  forgiven: number;
  /** They ask the database one after the other, so that each knows those admitted before it. */
  turn: Promise<unknown>;
}

interface Part<T> {
  begin: () => Promise<number>;
  forgive: () => Promise<void>;
  work: () => Promise<Result<T>>;
}

async function takePart<T>(group: Group, part: Part<T>): Promise<Result<T>> {
  for (;;) {
    const { forgiven } = group;
    const admitted = group.turn.then(async () => {
      const wait = await part.begin();
      return wait === 0 ? { outcome: carryOut(group, part) } : { wait };
    });
    group.turn = admitted.catch(() => undefined);
    const answer = await admitted;
    if (answer.outcome !== undefined) return await answer.outcome;
    // Those under way may turn out right, and then this one may go on.
    if (group.admitted.size > 0) await Promise.race(group.admitted);
    else if (group.forgiven === forgiven) return tooMany(answer.wait);
  }
}

function tooMany(seconds: number): Result<never> {
  return fail('rate_limited', `Too many failed attempts. Try again in ${seconds} seconds.`, {
    details: { retry_after_s: seconds },
  });
}

/** Does the work and tells the group when its outcome is known; a right attempt is forgiven before that. */
async function carryOut<T>(group: Group, { work, forgive }: Part<T>): Promise<Result<T>> {
  const outcome = work().then(async (answer) => {
    if (answer.ok) {
      await forgive();
      group.forgiven += 1;
    }
    return answer;
  });
  const ended = outcome.catch(() => undefined);
  group.admitted.add(ended);
  try {
    return await outcome;
  } finally {
    group.admitted.delete(ended);
  }
}

interface Limit {
  key: string;
  most: number;
}

function limitsOf({ account, sender }: Attempt): [Limit, Limit] {
  return [
    { key: hash('account', account, sender), most: MOST_OF_ACCOUNT },
    { key: hash('sender', sender), most: MOST_OF_SENDER },
  ];
}

function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

async function begin(database: Database, limits: readonly Limit[]): Promise<number> {
  const keys = limits.map(({ key }) => key);
  const most = limits.map((limit) => limit.most);
  const answer = await database.withNobody((tx) =>
    tx.execute<{ wait: number }>(
      sql`SELECT rd.begin_attempt(${sql.param(keys)}::text[], ${sql.param(most)}::integer[], ${WINDOW_S}) AS wait`,
    ),
  );
  return answer.rows[0]?.wait ?? 0;
}

async function forgive(database: Database, limits: readonly Limit[]): Promise<void> {
  const keys = limits.map(({ key }) => key);
  await database.withNobody((tx) => tx.execute(sql`SELECT rd.forgive_attempt(${sql.param(keys)}::text[])`));
}
