import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fail, ok, unwrap } from '../../shared/errors/index.ts';
import { scriptedModel } from '../../tests/helpers/agent/index.ts';
import { failing, failingWrite, startChatPipeline, type ChatPipeline } from '../../tests/helpers/chat-pipeline.ts';
import { userMessage } from './turn-record.ts';

let pipeline: ChatPipeline;
beforeAll(async () => {
  pipeline = await startChatPipeline();
});
afterAll(() => pipeline.stop());

type Script = Parameters<ChatPipeline['openScripted']>[0];
const unheard = (): void => undefined;

/** A desk with two changes of one turn that wait, and the message that asked for them. */
async function waitingForTwo(...then: Script) {
  const chat = pipeline.openScripted([{ calls: [pipeline.draft, pipeline.draft] }, ...then]);
  const outcome = unwrap(await chat.send({ message: 'Two drafts' }, unheard));
  expect(outcome.pending_approvals).toHaveLength(2);
  const { session_id } = outcome;
  const edit = () => chat.send({ session_id, message: 'None', replaces: outcome.message.id }, unheard);
  return { chat, outcome, session_id, edit };
}

describe('a message that takes the place of one whose changes wait', () => {
  it('calls all of them off first, and tells every window', async () => {
    const { chat, session_id, edit } = await waitingForTwo('None it is.');
    expect(unwrap(await edit())).toMatchObject({ status: 'done', response: { content: 'None it is.' } });
    const replaced = unwrap(await chat.messages(session_id)).find(({ superseded, role }) => {
      return superseded && role === 'assistant';
    });
    expect(replaced).toMatchObject({ status: 'interrupted', error: { code: 'stopped' } });
    expect(replaced?.tool_calls.map(({ state, decided_by }) => [state, decided_by])).toEqual([
      ['cancelled', 'user'],
      ['cancelled', 'user'],
    ]);
    expect(unwrap(await chat.approvals()).filter((each) => each.session_id === session_id)).toEqual([]);
  });

  it.each([
    ['another desk goes on with them', 'putMessage', failingWrite('state_conflict', 'running'), 'turn_running'],
    ['they cannot be taken back', 'putMessage', failingWrite('unavailable', 'running'), 'unavailable'],
    ['one is decided in that moment', 'putToolCall', failingWrite('state_conflict', 'cancelled'), 'turn_running'],
    ['calling off cannot be written', 'putToolCall', failingWrite('unavailable', 'cancelled'), 'unavailable'],
  ])('leaves both waiting and is not sent, where %s', async (_why, request, fault, code) => {
    const { chat, outcome, session_id, edit } = await waitingForTwo();
    chat.faults.set(request, fault);
    expect(await edit()).toMatchObject({ failure: { code } });
    const messages = unwrap(await chat.messages(session_id));
    expect(messages.map(({ status, superseded }) => [status, superseded])).toEqual([
      ['done', false],
      ['waiting', false],
    ]);
    const waiting = unwrap(await chat.approvals()).filter((each) => each.session_id === session_id);
    expect(waiting).toEqual(outcome.pending_approvals);
  });

  it('is not sent where the end of the old turn cannot be written', async () => {
    const { chat, session_id, edit } = await waitingForTwo();
    chat.faults.set('putMessage', failingWrite('unavailable', 'interrupted'));
    expect(await edit()).toMatchObject({ failure: { code: 'unavailable' } });
    expect(unwrap(await chat.messages(session_id))).toHaveLength(2);
  });

  it('can only be the last one', async () => {
    const { chat, session_id, outcome } = await waitingForTwo('First.');
    unwrap(await chat.send({ session_id, message: 'Something else' }, unheard));
    const late = await chat.send({ session_id, message: 'Edited', replaces: outcome.message.id }, unheard);
    expect(late).toMatchObject({ failure: { code: 'state_conflict' } });
    expect(unwrap(await chat.approvals()).filter((each) => each.session_id === session_id)).toHaveLength(2);
  });
});

describe('an answer made anew', () => {
  it.each([
    ['there is no model', { model: () => Promise.resolve(fail('ai_disabled')) }, 'ai_disabled'],
    ['no policy can be read', { rules: () => Promise.resolve(fail('unavailable')) }, 'unavailable'],
    ['the chat cannot be read', 'messages', 'unavailable'],
    ['no tokens can be counted', 'usage', 'unavailable'],
    ['its list cannot be read', 'selection', 'unavailable'],
    ['it cannot be stored', 'putMessage', 'unavailable'],
  ])('is refused, and the old one stands, where %s', async (_why, what, code) => {
    const first = pipeline.openScripted(['An answer.']);
    const selection = unwrap(
      await pipeline.client.read.createSelection({ product_ids: [pipeline.product] }, randomUUID()),
    );
    const request = { message: 'What is this?', selection_id: selection.id };
    const { session_id } = unwrap(await first.send(request, unheard));
    const { ask, asked } = scriptedModel('Another one.');
    const model = () => Promise.resolve(ok(ask));
    const chat = pipeline.openChat({ model, ...(typeof what === 'string' ? {} : what) });
    if (typeof what === 'string') chat.faults.set(what, failing('unavailable'));
    expect(await chat.regenerate(session_id, unheard)).toMatchObject({ failure: { code } });
    expect(asked).toEqual([]);
    expect(await pipeline.lastOf(session_id)).toMatchObject({ content: 'An answer.', superseded: false });
  });

  it('is refused where there is none: nothing was said, it waits for a person, or it was a click', async () => {
    const { chat, session_id, outcome } = await waitingForTwo('So it is.', 'So it is.');
    expect(await chat.regenerate(randomUUID(), unheard)).toMatchObject({ failure: { code: 'not_found' } });
    const unanswered = userMessage({ session_id: randomUUID(), content: 'Hello?' });
    unwrap(await pipeline.client.chat.putMessage(randomUUID(), unanswered, randomUUID()));
    expect(await chat.regenerate(unanswered.session_id, unheard)).toMatchObject({
      failure: { code: 'state_conflict', message: expect.stringContaining('no answer') as string },
    });
    expect(await chat.regenerate(session_id, unheard)).toMatchObject({
      failure: { code: 'turn_running', message: expect.stringContaining('waits') as string },
    });
    const [one, two] = outcome.pending_approvals;
    unwrap(await chat.decide(two?.id ?? '', { decision: 'reject' }, unheard));
    unwrap(await chat.decide(one?.id ?? '', { decision: 'approve' }, unheard));
    expect(await chat.regenerate(session_id, unheard)).toMatchObject({
      failure: { code: 'state_conflict', message: expect.stringContaining('changed something') as string },
    });
    const undo = unwrap(await chat.undo({ session_id, id: one?.id ?? '' }, unheard));
    unwrap(await chat.decide(undo.pending_approvals[0]?.id ?? '', { decision: 'reject' }, unheard));
    expect(await chat.regenerate(session_id, unheard)).toMatchObject({
      failure: { code: 'state_conflict', message: expect.stringContaining('click') as string },
    });
  });
});
