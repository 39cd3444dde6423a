import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatQueue, TurnEvent } from '../../shared/contract/index.ts';
import { fail, ok, unwrap } from '../../shared/errors/index.ts';
import { failing, failingWrite, startChatPipeline, type ChatPipeline } from '../../tests/helpers/chat-pipeline.ts';
import type { ChatOptions } from './chat.ts';
import { turnMessage, userMessage } from './turn-record.ts';

let pipeline: ChatPipeline;
beforeAll(async () => {
  pipeline = await startChatPipeline();
});
afterAll(() => pipeline.stop());

type Script = Parameters<ChatPipeline['openScripted']>[0];
const unheard = (): void => undefined;
const soon = { timeout: 20_000 };
const tenant = { policy: 'never', max_renders: 0, max_orders: 0 } as const;

/** A desk where no person is asked. */
const openUnasked = (...script: Script) =>
  pipeline.openScripted(script, { rules: () => Promise.resolve(ok({ run: 'auto', tenant })) });

const countSessions = async () => unwrap(await pipeline.client.chat.sessions()).length;

/** A model that answers when it is told to, or ends when it is stopped. */
function heldModel() {
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const model: ChatOptions['model'] = () =>
    Promise.resolve(
      ok(async ({ signal, onText }) => {
        onText('Half an answer');
        asked.resolve();
        const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        await Promise.race([held.promise, stopped]);
        if (signal.aborted) return fail('stopped');
        return ok({ text: 'Half an answer', calls: [], finish: 'stop', usage: null });
      }),
    );
  return { model, asked: asked.promise, answer: held.resolve };
}

describe('a message that cannot be answered', () => {
  const noFaults: [string, ReturnType<typeof failing>][] = [];
  it.each([
    ['there is no model', { model: () => Promise.resolve(fail('ai_disabled')) }, noFaults, 'ai_disabled'],
    ['no policy can be read', { rules: () => Promise.resolve(fail('unavailable')) }, noFaults, 'unavailable'],
    ['no tokens can be counted', {}, [['usage', failing('unavailable')] as const], 'unavailable'],
    ['its list ran out', {}, [['selection', failing('not_found')] as const], 'selection_expired'],
    ['its list cannot be read', {}, [['selection', failing('unavailable')] as const], 'unavailable'],
    ['it cannot be stored', {}, [['putMessage', failing('unavailable')] as const], 'unavailable'],
  ])('is refused and not kept, where %s', async (_why, more, faults, code) => {
    const chat = pipeline.openScripted([], more);
    for (const [name, fault] of faults) chat.faults.set(name, fault);
    const before = await countSessions();
    const selection_id = faults[0]?.[0] === 'selection' ? randomUUID() : null;
    const sent = await chat.send({ message: 'Hello', selection_id }, unheard);
    expect(sent).toMatchObject({ ok: false, failure: { code } });
    expect(await countSessions()).toBe(before);
  });

  it('is refused where what was said before cannot be read, or another desk answers', async () => {
    const session_id = randomUUID();
    const question = userMessage({ session_id, content: 'Hi' });
    unwrap(await pipeline.client.chat.putMessage(randomUUID(), question, randomUUID()));
    const running = turnMessage(session_id, 'another desk');
    const { id } = unwrap(await pipeline.client.chat.putMessage(randomUUID(), running, randomUUID()));
    const chat = pipeline.openScripted(['Hello']);
    chat.faults.set('messages', failing('unavailable'));
    const sent = () => chat.send({ session_id, message: 'Are you there?' }, unheard);
    expect(await sent()).toMatchObject({ failure: { code: 'unavailable' } });
    chat.faults.clear();
    expect(await sent()).toMatchObject({ failure: { code: 'turn_running' } });
    expect(await chat.regenerate(session_id, unheard)).toMatchObject({ failure: { code: 'turn_running' } });
    expect(await chat.undo({ session_id, id: randomUUID() }, unheard)).toMatchObject({
      failure: { code: 'turn_running' },
    });
    expect((await pipeline.lastOf(session_id))?.id).toBe(id);
  });
});

/** A turn of a new chat, whose model was asked and goes on answering. */
async function underWay() {
  const { model, asked } = heldModel();
  const chat = pipeline.openChat({ model });
  const turn = chat.send({ message: 'Tell me' }, unheard);
  await asked;
  const [session] = unwrap(await chat.sessions());
  return { chat, turn, session_id: session?.session_id ?? '' };
}

describe('a turn under way', () => {
  it('has its chat to itself, shows what came so far, and ends when it is stopped', async () => {
    const { model, asked } = heldModel();
    const events: TurnEvent[] = [];
    const chat = pipeline.openChat({ model });
    const session_id = unwrap(await pipeline.openScripted(['Hello']).send({ message: 'Hi' }, unheard)).session_id;
    const turn = chat.send({ session_id, message: 'Tell me' }, (event) => events.push(event));
    await asked;
    expect(await chat.send({ session_id, message: 'And?' }, unheard)).toMatchObject({
      failure: { code: 'turn_running' },
    });
    expect(unwrap(await chat.messages(session_id)).at(-1)).toMatchObject({
      status: 'running',
      content: 'Half an answer',
      retry_at: null,
    });
    expect(await chat.stop(session_id)).toEqual({ stopped: true });
    expect(await chat.stop(session_id)).toEqual({ stopped: false });
    expect(unwrap(await turn)).toMatchObject({ status: 'interrupted', response: { content: 'Half an answer' } });
    expect(events.map(({ type }) => type)).toEqual(['turn.started', 'text.delta', 'turn.ended']);
    expect(await pipeline.lastOf(session_id)).toMatchObject({ status: 'interrupted', error: { code: 'stopped' } });
  });

  it('is ended and recorded where its desk closes, and what waits behind it is not sent', async () => {
    const { chat, turn, session_id } = await underWay();
    unwrap(chat.changeQueue(session_id, { kind: 'add', request: { message: 'And then?' } }));
    chat.noticed(session_id);
    await chat.close();
    expect(unwrap(await turn).status).toBe('interrupted');
    expect(chat.queue(session_id).messages).toEqual([]);
    expect(unwrap(await pipeline.client.chat.messages(session_id)).items).toHaveLength(2);
  });

  it('is ended where its chat is deleted; one that cannot be deleted stays', async () => {
    const { chat, turn, session_id } = await underWay();
    chat.faults.set('deleteSession', failing('unavailable'));
    expect(await chat.delete(session_id)).toMatchObject({ failure: { code: 'unavailable' } });
    expect(unwrap(await turn).status).toBe('interrupted');
    chat.faults.clear();
    expect(unwrap(await chat.delete(session_id))).toEqual({ deleted: true });
    expect(await chat.export(session_id, 'json')).toMatchObject({ failure: { code: 'not_found' } });
  });
});

describe('a message that waits behind a turn', () => {
  it('is held with its reason where that failed, and sent when a person says so', async () => {
    const told: ChatQueue[] = [];
    const script: Script = [fail('model_unreachable'), 'Here it is.'];
    const chat = pipeline.openScripted(script, { tellQueue: (queue) => told.push(queue) });
    const { session_id, status } = unwrap(await chat.send({ message: 'Which orders?' }, unheard));
    expect(status).toBe('failed');
    unwrap(chat.changeQueue(session_id, { kind: 'add', request: { message: 'And now?' } }));
    await expect.poll(() => chat.queue(session_id).held?.code, soon).toBe('model_unreachable');
    unwrap(chat.changeQueue(session_id, { kind: 'send' }));
    await expect
      .poll(() => pipeline.lastOf(session_id), soon)
      .toMatchObject({ status: 'done', content: 'Here it is.' });
    expect(told.at(-1)).toEqual({ session_id, messages: [], held: null });
  });

  it('is held where it can’t be known how that ended, and waits on where another desk runs it', async () => {
    const chat = pipeline.openScripted(['Hello', 'Here it is.']);
    const { session_id } = unwrap(await chat.send({ message: 'Hi' }, unheard));
    chat.faults.set('messages', failing('unavailable'));
    unwrap(chat.changeQueue(session_id, { kind: 'add', request: { message: 'And now?' } }));
    await expect.poll(() => chat.queue(session_id).held?.code, soon).toBe('unavailable');
    chat.faults.clear();
    const elsewhere = turnMessage(session_id, 'another desk');
    const id = randomUUID();
    unwrap(await pipeline.client.chat.putMessage(id, elsewhere, randomUUID()));
    unwrap(chat.changeQueue(session_id, { kind: 'send' }));
    await expect.poll(() => chat.queue(session_id), soon).toMatchObject({ held: null, messages: [{}] });
    const ended = { ...elsewhere, status: 'done' as const, content: 'Done there.', lease_until: null };
    unwrap(await pipeline.client.chat.putMessage(id, ended, randomUUID()));
    chat.noticed(session_id);
    await expect.poll(() => pipeline.lastOf(session_id), soon).toMatchObject({ content: 'Here it is.' });
  });
});

describe('a turn whose pipeline fails', () => {
  it('changes nothing where no record of it can be kept', async () => {
    const chat = openUnasked({ calls: [pipeline.draft] });
    chat.faults.set('putMessage', failingWrite('unavailable', 'running', 'failed'));
    const before = await pipeline.countOrders();
    const outcome = unwrap(await chat.send({ message: 'A draft' }, unheard));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'unavailable' }, response: null });
    expect(chat.lines).toEqual([expect.stringContaining('end of a turn not stored')]);
    expect(await pipeline.countOrders()).toBe(before);
  });

  it('still shows the answer that could not be stored, with the reason', async () => {
    const chat = pipeline.openScripted(['Here it is.']);
    chat.faults.set('putMessage', failingWrite('unavailable', 'done'));
    const outcome = unwrap(await chat.send({ message: 'Which orders?' }, unheard));
    expect(outcome).toMatchObject({ status: 'failed', response: { content: 'Here it is.' } });
    expect(outcome.error?.message).toMatch(/^The answer could not be stored\. ./);
  });

  it('waits a moment for one that is just restarting', async () => {
    const chat = pipeline.openScripted(['Here it is.']);
    let away = 2;
    const unreachable = failingWrite('pipeline_unreachable', 'done');
    chat.faults.set('putMessage', async (...request) => {
      const failed = await unreachable(...request);
      return failed && away-- > 0 ? failed : undefined;
    });
    const outcome = unwrap(await chat.send({ message: 'Which orders?' }, unheard));
    expect([outcome.status, away]).toEqual(['done', -1]);
    expect(await pipeline.lastOf(outcome.session_id)).toMatchObject({ status: 'done', content: 'Here it is.' });
  });
});

describe('a change whose outcome cannot be written down', () => {
  it.each([
    ['left without a lease', 'none'],
    ['left to its lease, where even that cannot be written', 'lease'],
  ])('is %s, to whoever reads the chat next; it happened once', async (_what, fails) => {
    const chat = openUnasked({ calls: [pipeline.draft, pipeline.draft] });
    chat.faults.set('putToolCall', failingWrite('unavailable', 'done', 'cancelled'));
    if (fails === 'lease') {
      let writes = 0;
      chat.faults.set('putMessage', (...request) =>
        ++writes > 2 ? failingWrite('unavailable', 'running')(...request) : undefined,
      );
    }
    const before = await pipeline.countOrders();
    const outcome = unwrap(await chat.send({ message: 'Two drafts' }, unheard));
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    expect(chat.lines).toEqual(fails === 'lease' ? [expect.stringContaining('turn not let go of')] : []);
    chat.faults.clear();
    const stored = unwrap(await pipeline.client.chat.messages(outcome.session_id)).items.at(-1);
    expect(stored?.status).toBe('running');
    expect(stored?.lease_until === null).toBe(fails === 'none');
    if (fails === 'lease') return;
    const last = await pipeline.lastOf(outcome.session_id);
    expect(last?.status).toBe('interrupted');
    expect(last?.tool_calls.map(({ state }) => state)).toEqual(['done', 'cancelled']);
    expect(await pipeline.countOrders()).toBe(before + 1);
  });

  it('is not sent where it could not be written down before; what comes after it is called off', async () => {
    const chat = openUnasked({ calls: [pipeline.draft, pipeline.draft] });
    chat.faults.set('putToolCall', failingWrite('unavailable', 'approved'));
    const before = await pipeline.countOrders();
    const outcome = unwrap(await chat.send({ message: 'Two drafts' }, unheard));
    expect(outcome.status).toBe('failed');
    expect(await pipeline.countOrders()).toBe(before);
    const last = await pipeline.lastOf(outcome.session_id);
    expect(last).toMatchObject({ status: 'failed', tool_calls: [{ state: 'cancelled' }, { state: 'cancelled' }] });
  });
});
