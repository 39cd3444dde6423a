import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry, LoginAnswer, StoredMessage } from '../../shared/domain/index.ts';
import { fail, ok, unwrap } from '../../shared/errors/index.ts';
import { startPipeline, type RunningPipeline } from '../../tests/helpers/pipeline.ts';
import { changes, createPipelineClient, type PipelineClient } from '../pipeline/index.ts';
import { createChat, type Chat } from './chat.ts';
import { createTokenCounter } from './token-counter.ts';
import { turnMessage, userMessage } from './turn-record.ts';

let pipeline: RunningPipeline;
let client: PipelineClient;
let me: LoginAnswer;
let chat: Chat;
const counter = createTokenCounter();

beforeAll(async () => {
  pipeline = await startPipeline();
  me = await pipeline.signIn();
  client = createPipelineClient(new URL(pipeline.origin));
  client.setToken(me.token);
  chat = openChat();
}, 120_000);
afterAll(async () => {
  await counter.close();
  await pipeline.stop();
});

/** The chat of a desk of its own. */
function openChat(): Chat {
  const approval = { policy: 'always', max_renders: 0, max_orders: 0 } as const;
  return createChat({
    client,
    me,
    counter,
    deskId: randomUUID(),
    model: () => Promise.resolve(fail('ai_not_configured')),
    rules: () => Promise.resolve(ok({ run: 'ask', tenant: approval })),
    broadcast: () => undefined,
    tellQueue: () => undefined,
    navigate: () => undefined,
    log: () => undefined,
  });
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** What a desk left behind that died in the middle of a change; returns its session and the change's key. */
async function leaveBehind(
  state: JournalEntry['state'],
  decidedMinutesAgo: number,
  more: { expires_at?: string; status?: StoredMessage['status'] } = {},
) {
  const session = randomUUID();
  const products = unwrap(await client.read.products({ limit: 1 }));
  const args = { product_ids: [products.items[0]?.id ?? ''], output_type_name: 'Thumbnail', dispatch: false };
  const { effect, snapshot } = unwrap(await client.dryRun(changes.createOrder(args)));
  const key = randomUUID();
  const user = userMessage({ session_id: session, content: 'Render one' });
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

const countOrders = async () => unwrap(await client.read.orders({ limit: 1 })).total;

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
    const other = openChat();
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
