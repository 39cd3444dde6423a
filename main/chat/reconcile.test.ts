import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry, StoredMessage } from '../../shared/domain/index.ts';
import { fail, unwrap } from '../../shared/errors/index.ts';
import {
  failing,
  failingWrite,
  startChatPipeline,
  type ChatPipeline,
  type OpenChat,
} from '../../tests/helpers/chat-pipeline.ts';
import { changes, type PipelineClient } from '../pipeline/index.ts';
import { turnMessage, userMessage } from './turn-record.ts';

let pipeline: ChatPipeline;
let client: PipelineClient;
let chat: OpenChat;

beforeAll(async () => {
  pipeline = await startChatPipeline();
  ({ client } = pipeline);
  chat = pipeline.openChat();
}, 120_000);
afterAll(() => pipeline.stop());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What a desk left behind that died in the middle of a change; returns its session and the change's key. */
async function leaveBehind(
  state: JournalEntry['state'],
  decidedMinutesAgo: number,
  more: { expires_at?: string; status?: StoredMessage['status']; selection_id?: string } = {},
) {
  const session = randomUUID();
  const args = { product_ids: [pipeline.product], output_type_name: 'Thumbnail', dispatch: false };
  const { effect, snapshot } = unwrap(await client.dryRun(changes.createOrder(args)));
  const key = randomUUID();
  const { selection_id } = more;
  const user = userMessage({ session_id: session, content: 'Render one', selection_id });
  unwrap(await client.chat.putMessage(randomUUID(), user, randomUUID()));
  const turn = {
    ...turnMessage(session, 'dead'),
    lease_until: minutesAgo(1),
    status: more.status ?? ('running' as const),
  };
  const message = unwrap(await client.chat.putMessage(randomUUID(), turn, randomUUID()));
  const entry = {
    message_id: message.id,
    step: 0,
    position: 0,
    model_call_id: 'c1',
    said: null,
    tool: 'create_order',
    arguments: args,
    state,
    result: null,
    effect,
    snapshot,
    idempotency_key: key,
    decided_by: state === 'proposed' ? null : 'user',
    decided_at: state === 'proposed' ? null : minutesAgo(decidedMinutesAgo),
    expires_at: more.expires_at ?? null,
    from: null,
  };
  unwrap(await client.chat.putToolCall(randomUUID(), entry, randomUUID()));
  return { session, key, args };
}

const countOrders = () => pipeline.countOrders();

async function read(session: string) {
  const last = unwrap(await chat.messages(session)).at(-1);
  return { status: last?.status, state: last?.tool_calls[0]?.state, result: last?.tool_calls[0]?.result };
}

describe('a turn whose desk died', () => {
  it('is told of a change that happened, however long ago it was approved', async () => {
    const { session, key, args } = await leaveBehind('running', 60);
    const order = unwrap(await client.change(changes.createOrder(args), { key, origin: 'assistant' }));
    const before = await countOrders();
    expect(await read(session)).toMatchObject({
      status: 'interrupted',
      state: 'done',
      result: { order: { number: order.number } },
    });
    expect(await countOrders()).toBe(before);
  });

  it.each(['approved', 'running'] as const)('has its freshly approved change done once (%s)', async (state) => {
    const { session } = await leaveBehind(state, 1);
    const before = await countOrders();
    expect(await read(session)).toMatchObject({ status: 'interrupted', state: 'done' });
    expect(await read(session)).toMatchObject({ status: 'interrupted', state: 'done' });
    expect(await countOrders()).toBe(before + 1);
  });

  it('asks again for a change that did not happen and was approved long ago', async () => {
    const { session } = await leaveBehind('running', 11);
    const before = await countOrders();
    expect(await read(session)).toMatchObject({ status: 'waiting', state: 'awaiting' });
    expect(await countOrders()).toBe(before);
    const [approval] = unwrap(await chat.approvals()).filter((each) => each.session_id === session);
    const done = unwrap(await chat.decide(approval?.id ?? '', { decision: 'approve' }, () => undefined));
    expect(done).toMatchObject({ status: 'failed', error: { code: 'ai_not_configured' } });
    expect(await read(session)).toMatchObject({ status: 'failed', state: 'done' });
    expect(await countOrders()).toBe(before + 1);
  });

  it('never runs what was only proposed', async () => {
    const { session } = await leaveBehind('proposed', 0);
    const before = await countOrders();
    expect(await read(session)).toMatchObject({ status: 'interrupted', state: 'cancelled' });
    expect(await countOrders()).toBe(before);
  });

  it('stops waiting for an approval when its time is over', async () => {
    const { session } = await leaveBehind('awaiting', 0, { expires_at: minutesAgo(1), status: 'waiting' });
    expect(await read(session)).toMatchObject({ status: 'interrupted', state: 'expired', result: { rejected: true } });
    const open = await leaveBehind('awaiting', 0, { expires_at: minutesAgo(-1), status: 'waiting' });
    expect(await read(open.session)).toMatchObject({ status: 'waiting', state: 'awaiting' });
  });

  it('is left alone while its lease holds', async () => {
    const session = randomUUID();
    unwrap(
      await client.chat.putMessage(randomUUID(), userMessage({ session_id: session, content: 'Hi' }), randomUUID()),
    );
    unwrap(await client.chat.putMessage(randomUUID(), turnMessage(session, 'alive'), randomUUID()));
    expect(unwrap(await chat.messages(session)).at(-1)?.status).toBe('running');
  });

  it('is taken by one of two desks that find it at once', async () => {
    const { session } = await leaveBehind('running', 1);
    const before = await countOrders();
    const other = pipeline.openChat();
    const seen = await Promise.all([chat.messages(session), other.messages(session)]);
    expect(seen.every(({ ok }) => ok)).toBe(true);
    await expect.poll(() => read(session)).toMatchObject({ status: 'interrupted', state: 'done' });
    expect(await countOrders()).toBe(before + 1);
    await other.close();
  });
});

describe('a call that its turn left open', () => {
  it.each(['failed', 'interrupted'] as const)('is told as what became of it, in a turn that is %s', async (status) => {
    const happened = await leaveBehind('running', 1, { status });
    unwrap(await client.change(changes.createOrder(happened.args), { key: happened.key, origin: 'assistant' }));
    const lost = await leaveBehind('running', 1, { status });
    const unsent = await leaveBehind('approved', 1, { status });
    const before = await countOrders();
    expect(await read(happened.session)).toMatchObject({ status, state: 'done' });
    for (const { session } of [lost, unsent]) {
      expect(await read(session)).toMatchObject({ status, state: 'cancelled', result: { happened: false } });
    }
    expect(await countOrders()).toBe(before);
  });

  it('of unknown outcome is looked up once nothing is on its way any more', async () => {
    const early = await leaveBehind('unknown', 1, { status: 'failed' });
    expect(await read(early.session)).toMatchObject({ state: 'unknown' });
    const lost = await leaveBehind('unknown', 3, { status: 'failed' });
    expect(await read(lost.session)).toMatchObject({ state: 'failed', result: { happened: false } });
    const happened = await leaveBehind('unknown', 3, { status: 'failed' });
    const change = changes.createOrder(happened.args);
    const order = unwrap(await client.change(change, { key: happened.key, origin: 'assistant' }));
    expect(await read(happened.session)).toMatchObject({ state: 'done', result: { order: { number: order.number } } });
  });
});

describe('a turn that cannot be brought to its end now', () => {
  it.each([
    ['the turn cannot be taken', 'putMessage', failingWrite('unavailable', 'running')],
    ['it cannot be found out whether the change happened', 'idempotency', failing('unavailable')],
    ['what became of it cannot be written', 'putToolCall', failing('unavailable')],
  ])('is left as it is, with a line in the log, where %s; it is settled once that works', async (_why, name, fault) => {
    const { session } = await leaveBehind('running', 1);
    const before = await countOrders();
    const desk = pipeline.openChat();
    desk.faults.set(name, fault);
    expect(unwrap(await desk.messages(session)).at(-1)).toMatchObject({ status: 'running' });
    expect(desk.lines).toEqual([expect.stringMatching(/^turn \S+ not reconciled: /)]);
    desk.faults.clear();
    expect(await read(session)).toMatchObject(
      name === 'putMessage' ? { status: 'interrupted', state: 'done' } : { status: 'running' },
    );
    // Whoever took it has it for as long as its lease lasts, and the change was sent under its key at most.
    expect(await countOrders()).toBe(name === 'idempotency' ? before : before + 1);
  });

  it('is shown as it is where the list of its question cannot be read, and ends without one that ran out', async () => {
    const { session } = await leaveBehind('running', 1, { selection_id: randomUUID() });
    const desk = pipeline.openChat();
    desk.faults.set('selection', failing('unavailable'));
    expect(unwrap(await desk.messages(session)).at(-1)).toMatchObject({ status: 'running' });
    expect(desk.lines).toEqual([expect.stringContaining('not reconciled')]);
    expect(await read(session)).toMatchObject({ status: 'interrupted', state: 'done' });
  });

  it('is not shown at all where no policy, or no chat, can be read', async () => {
    const { session } = await leaveBehind('running', 1);
    const blind = pipeline.openChat({ rules: () => Promise.resolve(fail('unavailable')) });
    expect(await blind.messages(session)).toMatchObject({ failure: { code: 'unavailable' } });
    const desk = pipeline.openChat();
    desk.faults.set('messages', failing('unavailable'));
    expect(await desk.messages(session)).toMatchObject({ failure: { code: 'unavailable' } });
    expect(await desk.export(session, 'json')).toMatchObject({ failure: { code: 'unavailable' } });
  });
});

describe('a desk that starts', () => {
  it('settles every turn that was left, before anybody opens its chat', async () => {
    const left = [await leaveBehind('running', 1), await leaveBehind('proposed', 0)];
    await pipeline.openChat().reconcile();
    const stored = await Promise.all(
      left.map(async ({ session }) => unwrap(await client.chat.messages(session)).items.at(-1)),
    );
    expect(stored.map((message) => [message?.status, message?.tool_calls[0]?.state])).toEqual([
      ['interrupted', 'done'],
      ['interrupted', 'cancelled'],
    ]);
  });

  it('starts all the same where that cannot be done, and says so', async () => {
    await leaveBehind('running', 1);
    const desk = pipeline.openChat();
    desk.faults.set('messages', failing('unavailable'));
    await desk.reconcile();
    expect(desk.lines).toContainEqual(expect.stringContaining('session not reconciled'));
    desk.lines.length = 0;
    desk.faults.set('toolCalls', failing('unavailable'));
    await desk.reconcile();
    expect(desk.lines.every((line) => line.startsWith('open calls not read: '))).toBe(true);
    expect(desk.lines).toHaveLength(4);
    expect(await desk.approvals()).toMatchObject({ failure: { code: 'unavailable' } });
  });
});
