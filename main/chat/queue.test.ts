import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatQueue, SendRequest, TurnOutcome } from '../../shared/contract/index.ts';
import { fail, failure, ok, type Result } from '../../shared/errors/index.ts';
import { createSendQueue, type SendQueue, type Standing } from './queue.ts';

const chat = '00000000-0000-4000-8000-000000000001';
const outcome = { session_id: chat } as TurnOutcome;

let stands: Standing;
let sent: string[];
let told: ChatQueue[];
let answer: (request: SendRequest) => Promise<Result<TurnOutcome>>;
let queue: SendQueue;

beforeEach(() => {
  stands = 'open';
  sent = [];
  told = [];
  answer = () => Promise.resolve(ok(outcome));
  queue = createSendQueue({
    standing: () => Promise.resolve(ok(stands)),
    send: (request) => {
      sent.push(request.message);
      return answer(request);
    },
    tell: (now) => told.push(now),
  });
});

const add = (message: string) => queue.change(chat, { kind: 'add', request: { message } });
const words = () => queue.read(chat).messages.map(({ message }) => message);
const idOf = (at: number) => queue.read(chat).messages[at]?.id ?? '';

async function settle(): Promise<void> {
  for (let rounds = 0; rounds < 10; rounds += 1) await turnOfLoop();
}

async function endTurn(as: Standing = 'over'): Promise<void> {
  stands = as;
  queue.poke(chat);
  await settle();
}

describe('messages that wait for a turn to end', () => {
  it('are sent in their order once it ends, one turn after another', async () => {
    add('first');
    add('second');
    await settle();
    expect(sent).toEqual([]);
    const running = Promise.withResolvers<Result<TurnOutcome>>();
    answer = () => running.promise;
    await endTurn();
    expect(sent).toEqual(['first']);
    expect(words()).toEqual(['second']);
    running.resolve(ok(outcome));
    await settle();
    expect(sent).toEqual(['first', 'second']);
    expect(words()).toEqual([]);
    expect(told.at(-1)).toEqual({ session_id: chat, messages: [], held: null });
  });

  it('can be edited and removed until they are sent', async () => {
    add('first');
    add('second');
    const id = idOf(0);
    queue.change(chat, { kind: 'edit', id, message: 'better' });
    queue.change(chat, { kind: 'remove', id: idOf(1) });
    await endTurn();
    expect(sent).toEqual(['better']);
    expect(queue.change(chat, { kind: 'edit', id, message: 'late' })).toMatchObject({ failure: { code: 'not_found' } });
  });

  it('are held where the turn ended in an error, until a person says to send them', async () => {
    add('first');
    add('second');
    await endTurn(failure('model_unreachable'));
    expect(sent).toEqual([]);
    expect(queue.read(chat).held?.code).toBe('model_unreachable');
    await endTurn('over');
    expect(sent).toEqual([]);
    stands = failure('model_unreachable');
    answer = () => {
      stands = 'over';
      return Promise.resolve(ok(outcome));
    };
    queue.change(chat, { kind: 'send' });
    await settle();
    expect(sent).toEqual(['first', 'second']);
  });

  it('stay, with the reason, where they can not be sent', async () => {
    answer = () => Promise.resolve(fail('token_limit_reached'));
    add('first');
    await endTurn();
    expect(words()).toEqual(['first']);
    expect(queue.read(chat).held?.code).toBe('token_limit_reached');
  });

  it('wait on where somebody else was faster', async () => {
    answer = () => Promise.resolve(fail('turn_running'));
    add('first');
    await endTurn();
    expect(queue.read(chat)).toMatchObject({ messages: [{ message: 'first' }], held: null });
  });

  it('are sent at once where nothing runs, and not at all once the chat is gone', async () => {
    stands = 'over';
    add('first');
    await settle();
    expect(sent).toEqual(['first']);
    stands = 'open';
    add('second');
    queue.drop(chat);
    await endTurn();
    expect(sent).toEqual(['first']);
  });

  it('are few', () => {
    for (let index = 0; index < 10; index += 1) expect(add(`message ${String(index)}`).ok).toBe(true);
    expect(add('one more')).toMatchObject({ failure: { code: 'validation_failed' } });
  });
});
