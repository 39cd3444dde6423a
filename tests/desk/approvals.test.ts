import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalRows } from '../../shared/contract/index.ts';
import type { OrderLine, Page, Product } from '../../shared/domain/index.ts';
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
