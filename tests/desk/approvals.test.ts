import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalRows, TurnOutcome } from '../../shared/contract/index.ts';
import type { Grant, Order, OrderLine, Page, Product } from '../../shared/domain/index.ts';
import { callLine, obedientModel, startWireServer, type WireServer } from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, pendingOf, type ChatClient } from './chat-client.ts';

let model: WireServer;
let desk: RunningDesk;
let chat: ChatClient;
beforeAll(async () => {
  model = await startWireServer(obedientModel);
  const env = { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'test' };
  desk = await startDesk({ env });
  chat = chatClient(desk);
}, 120_000);
afterAll(async () => {
  await desk.stop();
  await model.close();
});

const firstProducts = async (limit: number) =>
  (await chat.call<Page<Product>>('products.list', { limit, category: 'Kugellager' })).items.map(({ id }) => id);
const draftOf = (product_ids: string[]) =>
  callLine('create_order', { product_ids, output_type_name: 'Thumbnail', dispatch: false });
/** A selection of a category, as the model gets one. */
async function selection(): Promise<string> {
  const outcome = await chat.send(callLine('search_products', { category: 'Kugellager' }));
  return (outcome.response?.tool_calls[0]?.result as { selection_id: string }).selection_id;
}

describe('the rows of an approval', () => {
  it('are the things behind its number, a page at a time, and those that will fail with why', async () => {
    const order = { selection_id: await selection(), output_type_name: 'Thumbnail', dispatch: false };
    const pending = pendingOf(await chat.send(callLine('create_order', order)));
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: ApprovalRows = await chat.call('chat.approval_rows', {
        id: pending.id,
        shown: pending.shown,
        only: 'all',
        cursor,
      });
      expect(page).toMatchObject({ total: pending.effect.counts['products'], moved: false });
      for (const { id } of page.items) ids.add(id);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(ids.size).toBe(pending.effect.counts['products']);
    const request = { id: pending.id, shown: pending.shown, only: 'problems' };
    const problems = await chat.call<ApprovalRows>('chat.approval_rows', request);
    expect(problems.total).toBe(pending.effect.counts['unmapped']);
    expect(problems.items[0]).toMatchObject({ problem: true, note: expect.stringMatching(/^unmapped: /) as string });
    await expect(chat.call('chat.approval_rows', { ...request, shown: 'other' })).rejects.toThrow('approval_changed');
    await chat.decide(pending.id, { decision: 'reject' });
    await expect(chat.call('chat.approval_rows', request)).rejects.toThrow('approval_gone');
  });
});

describe('taking products out', () => {
  it.each(['a list of ids', 'a selection'])(
    'of %s shows the new effect, and what is approved is what runs',
    async (what) => {
      const ids = await firstProducts(4);
      const source = what === 'a selection' ? { selection_id: await selection() } : { product_ids: ids };
      const order = { ...source, output_type_name: 'Thumbnail', dispatch: false };
      const pending = pendingOf(await chat.send(callLine('create_order', order)));
      const without = ids.slice(0, 2);
      const edit = { decision: 'approve', without, shown: pending.shown };
      const again = pendingOf(await chat.decide(pending.id, edit));
      const left = (pending.effect.counts['products'] ?? 0) - 2;
      expect(again).toMatchObject({ asked: 'edited', effect: { counts: { products: left } } });
      await expect(chat.decide(pending.id, { decision: 'approve', shown: pending.shown })).rejects.toThrow(
        'approval_changed',
      );
      const done = await chat.decide(pending.id, { decision: 'approve', shown: again.shown });
      const result = done.response?.tool_calls[0]?.result as { order: { id: string }; edited: boolean };
      expect(result).toMatchObject({ edited: true, order: { products: left } });
      const lines = await chat.call<Page<OrderLine>>('orders.lines', { ref: result.order.id, limit: 200 });
      expect(lines.items.some(({ product }) => without.includes(product.id))).toBe(false);
      expect(JSON.stringify(model.requests.at(-1)?.body['messages'])).toContain('edited');
    },
  );

  it('leaves nothing to order where all are taken out, and says so', async () => {
    const ids = await firstProducts(2);
    const pending = pendingOf(await chat.send(draftOf(ids)));
    const all = { decision: 'approve', without: ids, shown: pending.shown };
    await expect(chat.decide(pending.id, all)).rejects.toThrow(/validation_failed|empty_order/);
    expect(await chat.approvals()).toEqual([pending]);
    await chat.decide(pending.id, { decision: 'reject' });
  });
});

describe('a standing approval', () => {
  const grant = { max_items: 3, max_changes: 2 };
  const callsOf = async (session_id: string) =>
    (await chat.messages(session_id)).flatMap((message) => message.tool_calls);

  it('lets similar changes of its chat pass within its numbers, and nothing else', async () => {
    const ids = await firstProducts(4);
    const two = ids.slice(0, 2);
    const pending = pendingOf(await chat.send(draftOf(two)));
    const approved = { decision: 'approve', shown: pending.shown, grant };
    const { session_id } = await chat.decide(pending.id, approved);
    const grants = () => chat.call<Grant[]>('chat.grants', { session_id });
    expect(await grants()).toMatchObject([{ tool: 'create_order', kind: 'draft', used_changes: 0, ...grant }]);

    const again = await chat.send(draftOf(ids.slice(0, 3)), { session_id });
    expect(again.response?.tool_calls).toMatchObject([
      { state: 'done', decided_by: expect.stringMatching(/^grant:/) as string },
    ]);
    // Larger, of another kind, of another tool, or in another chat.
    const other = callLine('create_order', { product_ids: two, output_type_name: 'Thumbnail', dispatch: true });
    const material = callLine('set_material_override', { order_id: 'SA-2026-00160', material_name: 'Steel-Bare' });
    const asked = [await chat.send(draftOf(ids), { session_id }), await chat.send(other, { session_id })];
    asked.push(await chat.send(material, { session_id }), await chat.send(draftOf(two)));
    expect(asked.map(({ status }) => status)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    for (const outcome of asked) await chat.decide(pendingOf(outcome).id, { decision: 'reject' });

    // Of three at once the last one finds it used up.
    const three = await chat.send([draftOf(two), draftOf(two), draftOf(two)].join('\n'), { session_id });
    expect(three.pending_approvals.length).toBe(2);
    expect(await grants()).toEqual([]);
    for (const { id } of three.pending_approvals) await chat.decide(id, { decision: 'reject' });
    expect((await callsOf(session_id)).filter(({ decided_by }) => decided_by?.startsWith('grant:')).length).toBe(2);
  });

  it('can be taken back, and never exceeds what the company lets pass', async () => {
    const ids = await firstProducts(1);
    const pending = pendingOf(await chat.send(draftOf(ids)));
    const tooMuch = { max_items: 1_000_000, max_changes: 2 };
    const refused = chat.decide(pending.id, { decision: 'approve', grant: tooMuch });
    await expect(refused).rejects.toThrow('Your company asks for every change above');
    const { session_id } = await chat.decide(pending.id, { decision: 'approve', grant });
    const [made] = await chat.call<Grant[]>('chat.grants', { session_id });
    expect(await chat.call('chat.revoke_grant', { id: made?.id })).toEqual({ revoked: true });
    const asked = await chat.send(draftOf(ids), { session_id });
    expect(asked.status).toBe('waiting');
    await chat.decide(pendingOf(asked).id, { decision: 'reject' });
  });
});

describe('the user’s own policy', () => {
  it('holds where it is the stricter one, and each desk follows it', async () => {
    const ids = await firstProducts(1);
    expect(await chat.call('settings.own_policy')).toEqual({ policy: 'always' });
    await chat.call('settings.put_own_policy', { policy: 'above_limits' });
    await expect.poll(async () => (await chat.send(draftOf(ids))).status, { timeout: 10_000 }).toBe('done');
    await chat.call('settings.put_own_policy', { policy: 'always' });
    await expect.poll(async () => (await chat.send(draftOf(ids))).status, { timeout: 10_000 }).toBe('waiting');
    for (const { id } of await chat.approvals()) await chat.decide(id, { decision: 'reject' });
  });
});

describe('undo', () => {
  const overrideOf = async (ref: string) => (await chat.call<Order>('orders.get', { ref })).material_override;

  it('by a click goes through approval and journal, without a model, once, and can be taken back', async () => {
    const ref = 'SA-2026-00160';
    const before = await overrideOf(ref);
    const next = before === 'Steel-Bare' ? 'Brass-Satin' : 'Steel-Bare';
    const pending = pendingOf(
      await chat.send(callLine('set_material_override', { order_id: ref, material_name: next })),
    );
    const { session_id } = await chat.decide(pending.id, { decision: 'approve' });
    const asked = model.requests.length;
    const waiting = await chat.call<TurnOutcome>('chat.undo', { session_id, id: pending.id });
    const undo = pendingOf(waiting);
    expect(undo.effect.summary).toContain(`${next} -> ${before ?? 'none'}`);
    expect(await overrideOf(ref)).toBe(next);
    const done = await chat.decide(undo.id, { decision: 'approve', shown: undo.shown });
    expect(done.response?.content).toContain(`It is taken back: ${ref}`);
    expect([await overrideOf(ref), model.requests.length]).toEqual([before, asked]);
    await expect(chat.call('chat.undo', { session_id, id: pending.id })).rejects.toThrow('taken back already');
    const redo = pendingOf(await chat.call<TurnOutcome>('chat.undo', { session_id, id: undo.id }));
    await chat.decide(redo.id, { decision: 'approve' });
    expect(await overrideOf(ref)).toBe(next);
    const back = pendingOf(await chat.call<TurnOutcome>('chat.undo', { session_id, id: redo.id }));
    const kept = await chat.decide(back.id, { decision: 'reject', reason: 'Leave it' });
    expect(kept.response?.content).toContain('Nothing was taken back. Leave it');
  });

  it('cancels a draft, and says of other changes that they cannot be taken back', async () => {
    const pending = pendingOf(await chat.send(draftOf(await firstProducts(2))));
    const done = await chat.decide(pending.id, { decision: 'approve' });
    const { session_id } = done;
    const undo = pendingOf(await chat.call<TurnOutcome>('chat.undo', { session_id, id: pending.id }));
    expect(undo.effect.summary).toMatch(/^Cancel SA-/);
    const cancelled = await chat.decide(undo.id, { decision: 'approve' });
    expect(cancelled.response?.tool_calls[0]?.result).toMatchObject({ order: { status: 'cancelled' } });
    await expect(chat.call('chat.undo', { session_id, id: undo.id })).rejects.toThrow('cannot be taken back');
    await expect(chat.call('chat.undo', { session_id, id: crypto.randomUUID() })).rejects.toThrow('not_found');
  });
});
