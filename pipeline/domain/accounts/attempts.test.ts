import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { fail, ok } from '../../../shared/errors/index.ts';
import { senderOf } from '../../api/loopback.ts';
import { askAsAdmin } from '../../test-support/ask-as-admin.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { createAttemptLimit } from './index.ts';

const pipeline = usePipeline({ workers: 0 });

const wrong = () => Promise.resolve(fail('wrong_credentials'));
const right = () => Promise.resolve(ok(null));

/** As many API processes as wanted on one database: each has a counter of its own and nothing else in common. */
function processes(count: number) {
  return Array.from({ length: count }, () => createAttemptLimit(pipeline().running.database));
}

test('guesses sent at once through several processes are counted together', async () => {
  const limits = processes(4);
  const who = { account: 'a@x.example', sender: '192.0.2.1' };
  const answers = await Promise.all(Array.from({ length: 60 }, (_unused, n) => limits[n % 4]!.attempt(who, wrong)));
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code));
  expect(codes.filter((code) => code === 'wrong_credentials')).toHaveLength(10);
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(50);
  const refused = answers.find((answer) => !answer.ok && answer.failure.code === 'rate_limited');
  expect(refused).toMatchObject({ failure: { details: { retry_after_s: expect.any(Number) } } });
  // The owner of the account is not kept out, and neither is somebody else beside the guesser.
  expect(await limits[0]!.attempt({ ...who, sender: '192.0.2.2' }, right)).toMatchObject({ ok: true });
  expect(await limits[1]!.attempt({ ...who, account: 'b@x.example' }, right)).toMatchObject({ ok: true });
});

test('one sender has a hundred failures, whatever accounts it tries', async () => {
  const [limit] = processes(1);
  let refused = 0;
  for (let n = 0; n < 105; n += 1) {
    const answer = await limit!.attempt({ account: `n${n}@x.example`, sender: '192.0.2.3' }, wrong);
    if (!answer.ok && answer.failure.code === 'rate_limited') refused += 1;
  }
  expect(refused).toBe(5);
});

test('many right sign-ins at once are all let in, and forgive what was wrong before', async () => {
  const [limit] = processes(1);
  const who = { account: 'c@x.example', sender: '192.0.2.4' };
  for (let n = 0; n < 9; n += 1) await limit!.attempt(who, wrong);
  const slowly = () => new Promise<ReturnType<typeof ok<null>>>((resolve) => setTimeout(resolve, 20, ok(null)));
  const answers = await Promise.all(Array.from({ length: 40 }, () => limit!.attempt(who, slowly)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  for (let n = 0; n < 10; n += 1) {
    expect(await limit!.attempt(who, wrong)).toMatchObject({ failure: { code: 'wrong_credentials' } });
  }
});

test('what has run out is cleared away, and the table has an end', async () => {
  const { database } = pipeline().running;
  const asAdmin = (text: string) => askAsAdmin<{ n: number }>(database.connections, text);
  const count = 'SELECT count(*)::integer AS n FROM rd_auth.attempts';
  await asAdmin("UPDATE rd_auth.attempts SET until = now() - interval '1 second'");
  await database.withNobody((tx) => tx.execute(sql`SELECT rd.prune_attempts()`));
  expect(await asAdmin(count)).toEqual([{ n: 0 }]);
  await asAdmin(`INSERT INTO rd_auth.attempts
    SELECT n::text, 1, now() + n * interval '1 second' FROM generate_series(1, 100001) n`);
  await processes(1)[0]!.attempt({ account: 'd@x.example', sender: '192.0.2.5' }, wrong);
  expect(await asAdmin(count)).toEqual([{ n: 90_003 }]);
  await expect(database.withNobody((tx) => tx.execute(sql`SELECT * FROM rd_auth.attempts`))).rejects.toMatchObject({
    cause: { code: '42501' },
  });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1:aaaa::1', '2001:db8:0:1'],
  ['2001:db8:0:1::2', '2001:db8:0:1'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s is counted as %s', (ip, sender) => {
  expect(senderOf({ ip })).toBe(sender);
});
