import { expect, it } from 'vitest';
import { ok } from '../../shared/errors/index.ts';
import { sampleTurn } from '../../tests/helpers/agent/index.ts';
import { createLiveTurns, type LiveTurn } from './live-turns.ts';

function liveTurn(): LiveTurn {
  const ended = new Promise<never>(() => undefined);
  return { turn: sampleTurn(), abort: new AbortController(), text: '', retryAt: null, ended };
}

it('gives a session to one new turn at a time, and back where that could not begin', async () => {
  const live = createLiveTurns();
  const begun = Promise.withResolvers<void>();
  const first = live.alone('s', () => begun.promise.then(() => ok('first')));
  expect(await live.alone('s', () => Promise.resolve(ok('second')))).toMatchObject({
    failure: { code: 'turn_running' },
  });
  expect(await live.alone('other', () => Promise.resolve(ok('other')))).toEqual(ok('other'));
  begun.resolve();
  expect(await first).toEqual(ok('first'));
  await expect(live.alone('s', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  expect(await live.alone('s', () => Promise.resolve(ok('third')))).toEqual(ok('third'));
});

it('keeps a session for the turn that runs in it', async () => {
  const live = createLiveTurns();
  const turn = liveTurn();
  const { id, session_id } = turn.turn.assistant;
  live.add(turn);
  expect([live.ofMessage(id), live.inSession(session_id), live.inSession('other')]).toEqual([turn, [turn], []]);
  expect(await live.alone(session_id, () => Promise.resolve(ok('new')))).toMatchObject({ ok: false });
  live.remove(turn);
  expect([live.ofMessage(id), live.all()]).toEqual([undefined, []]);
  expect(await live.alone(session_id, () => Promise.resolve(ok('new')))).toEqual(ok('new'));
});

it('does one thing with a message after another, also after one that threw, and messages side by side', async () => {
  const live = createLiveTurns();
  const done: string[] = [];
  const go = Promise.withResolvers<void>();
  const act = (what: string, after = Promise.resolve()) =>
    live.oneAtATime('m', () => after.then(() => void done.push(what)));
  const first = act('first', go.promise);
  const broken = live.oneAtATime('m', () => Promise.reject(new Error('a bug')));
  const last = act('last');
  await live.oneAtATime('other', () => Promise.resolve(done.push('other')));
  go.resolve();
  await expect(broken).rejects.toThrow('a bug');
  await Promise.all([first, last]);
  expect(done).toEqual(['other', 'first', 'last']);
});
