import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnOutcome } from '../../shared/contract/index.ts';
import type { Order, Page, Product } from '../../shared/domain/index.ts';
import { callLine, obedientModel, startWireServer, type WireServer } from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, pendingOf, type ChatClient } from './chat-client.ts';

/** Two desks of one user on one pipeline. */
let model: WireServer;
const desks: RunningDesk[] = [];
let first: ChatClient;
let second: ChatClient;
let product: string;

beforeAll(async () => {
  model = await startWireServer(obedientModel);
  const env = { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'test' };
  const one = await startDesk({ env });
  desks.push(one);
  desks.push(await startDesk({ env, beside: one }));
  [first, second] = desks.map(chatClient) as [ChatClient, ChatClient];
  product = (await first.call<Page<Product>>('products.list', { limit: 1 })).items[0]?.id ?? '';
}, 120_000);
afterAll(async () => {
  for (const desk of desks.toReversed()) await desk.stop();
  await model.close();
});

const draftOf = (name = 'Thumbnail') =>
  callLine('create_order', { product_ids: [product], output_type_name: name, dispatch: false });
const material = (order: string, name: string | null) =>
  callLine('set_material_override', { order_id: order, material_name: name });
const countOrders = async () => (await first.call<Page<Order>>('orders.list', { limit: 1 })).total;
const last = async (chat: ChatClient, session: string) => (await chat.messages(session)).at(-1);

/** What both desks said to the same decision: outcomes, and the codes of refusals. */
async function settle(decisions: Promise<TurnOutcome>[]): Promise<{ outcomes: TurnOutcome[]; refusals: string[] }> {
  const all = await Promise.allSettled(decisions);
  return {
    outcomes: all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    refusals: all.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : [])),
  };
}

describe('a decision made at two desks', () => {
  it('counts once, and both show what came of it', async () => {
    const before = await countOrders();
    const waiting = await first.send(draftOf());
    const { id, shown } = pendingOf(waiting);
    expect(await second.approvals()).toEqual(waiting.pending_approvals);
    const { outcomes, refusals } = await settle(
      [first, second, second].map((chat) => chat.decide(id, { decision: 'approve', shown })),
    );
    expect(outcomes).toMatchObject([{ status: 'done' }]);
    expect(refusals).toEqual([expect.stringContaining('approval_gone'), expect.stringContaining('approval_gone')]);
    expect(await countOrders()).toBe(before + 1);
    const told = await last(second, waiting.session_id);
    expect(told).toMatchObject({ status: 'done', tool_calls: [{ state: 'done' }] });
    expect(await last(first, waiting.session_id)).toEqual(told);
    expect(await second.approvals()).toEqual([]);
  });

  it('is the first one where they differ, yes at one and no at the other', async () => {
    for (let round = 0; round < 5; round++) {
      const before = await countOrders();
      const waiting = await first.send(draftOf());
      const { id, shown } = pendingOf(waiting);
      const { outcomes, refusals } = await settle([
        first.decide(id, { decision: 'approve', shown }),
        second.decide(id, { decision: 'reject', reason: 'Not now', shown }),
      ]);
      expect([outcomes.length, refusals.length]).toEqual([1, 1]);
      const state = (await last(first, waiting.session_id))?.tool_calls[0]?.state;
      expect(await countOrders()).toBe(before + (state === 'done' ? 1 : 0));
      expect(['done', 'rejected']).toContain(state);
    }
  });

  it('does not count for an effect that the other desk replaced by editing', async () => {
    const waiting = await first.send(draftOf());
    const { id, shown, arguments: args } = pendingOf(waiting);
    const edited = { ...args, output_type_name: 'Web Standard' };
    const again = pendingOf(await second.decide(id, { decision: 'approve', arguments: edited, shown }));
    expect(again).toMatchObject({ id, asked: 'edited', arguments: edited });
    await expect(first.decide(id, { decision: 'approve', shown })).rejects.toThrow('approval_changed');
    expect(await last(first, waiting.session_id)).toMatchObject({ status: 'waiting' });
    const done = await first.decide(id, { decision: 'approve', shown: again.shown });
    expect(done.response?.tool_calls[0]?.result).toMatchObject({ edited: true, arguments_used: edited });
  });
});

describe('several changes of one turn', () => {
  it('wait side by side and are decided each at another desk', async () => {
    const before = await countOrders();
    const waiting = await first.send([draftOf(), draftOf(), draftOf()].join('\n'));
    const [one, two, three] = waiting.pending_approvals;
    expect(waiting.pending_approvals.length).toBe(3);
    const { outcomes, refusals } = await settle([
      first.decide(one?.id ?? '', { decision: 'approve' }),
      second.decide(two?.id ?? '', { decision: 'reject' }),
      first.decide(three?.id ?? '', { decision: 'approve' }),
    ]);
    expect(refusals).toEqual([]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['done', 'waiting', 'waiting']);
    const message = await last(second, waiting.session_id);
    expect(message?.tool_calls.map(({ state }) => state)).toEqual(['done', 'rejected', 'done']);
    expect(message?.status).toBe('done');
    expect(await countOrders()).toBe(before + 2);
  });

  it('are approved together as shown; what changed meanwhile is not', async () => {
    const before = await countOrders();
    const waiting = await first.send([draftOf(), draftOf()].join('\n'));
    const [one, two] = waiting.pending_approvals;
    const args = { ...two?.arguments, output_type_name: 'Web Standard' };
    await second.decide(two?.id ?? '', { decision: 'approve', arguments: args });
    const shown = waiting.pending_approvals.map(({ id, shown }) => ({ id, shown }));
    const outcome = await first.decideAll(shown, 'approve');
    expect(outcome.pending_approvals).toMatchObject([{ id: two?.id, asked: 'edited' }]);
    expect(await countOrders()).toBe(before + 1);
    await expect(first.decideAll(shown, 'approve')).rejects.toThrow('approval_gone');
    const rest = outcome.pending_approvals.map(({ id, shown }) => ({ id, shown }));
    expect(await second.decideAll(rest, 'reject')).toMatchObject({ status: 'done' });
    expect((await last(first, waiting.session_id))?.tool_calls.map(({ state }) => state)).toEqual(['done', 'rejected']);
    expect(one?.id).toBeDefined();
  });

  it('of one order wait for each other, so that none is shown on a world it will not meet', async () => {
    const draft = (await first.call<Page<Order>>('orders.list', { status: 'draft', limit: 1 })).items[0]?.number ?? '';
    const waiting = await first.send([material(draft, 'Steel-Bare'), material(draft, 'Brass-Satin')].join('\n'));
    const one = pendingOf(waiting);
    const two = pendingOf(await second.decide(one.id, { decision: 'approve', shown: one.shown }));
    expect(two.effect.summary).toContain('Steel-Bare -> Brass-Satin');
    const done = await first.decide(two.id, { decision: 'approve', shown: two.shown });
    expect(done.status).toBe('done');
    expect(await first.call('orders.get', { ref: draft })).toMatchObject({ material_override: 'Brass-Satin' });
  });
});

describe('a change approved at one desk', () => {
  it('is shown again where the other desk moved the world meanwhile', async () => {
    const draft = (await first.call<Page<Order>>('orders.list', { status: 'draft', limit: 1 })).items[0]?.number ?? '';
    const pending = pendingOf(await first.send(material(draft, 'Steel-Bare')));
    await second.call('orders.act', { ref: draft, action: { kind: 'material_override', material_name: null } });
    const again = pendingOf(await first.decide(pending.id, { decision: 'approve', shown: pending.shown }));
    expect(again).toMatchObject({ asked: 'moved' });
    expect(again.effect.summary).toContain('none -> Steel-Bare');
    expect(again.shown).not.toBe(pending.shown);
    await second.decide(again.id, { decision: 'reject' });
  });
});
