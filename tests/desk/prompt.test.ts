import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductListAnswer } from '../../shared/contract/index.ts';
import type { Order, Page } from '../../shared/domain/index.ts';
import { delta, sse, startWireServer, type WireAnswer, type WireServer } from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, pendingOf, type ChatClient } from './chat-client.ts';

interface WireMessage {
  role: string;
  content: string | null;
}

/** A model that orders the selection in front of it, and has nothing more to say once it was told what came of it. */
const ordering: WireAnswer = (response, request) => {
  const messages = request.body['messages'] as WireMessage[];
  const selection = /^selection: (sel_\S+)/m.exec(messages.map(({ content }) => content).join('\n'))?.[1];
  const last = messages.at(-1);
  if (last?.role === 'tool' || selection === undefined) {
    sse(delta({ content: 'Done.' }), delta({}, 'stop'))(response, request);
    return;
  }
  const called = { selection_id: selection, output_type_name: 'Web Standard', dispatch: false };
  const call = {
    index: 0,
    id: 'c',
    type: 'function',
    function: { name: 'create_order', arguments: JSON.stringify(called) },
  };
  sse(delta({ tool_calls: [call] }), delta({}, 'tool_calls'))(response, request);
};

let model: WireServer;
let desk: RunningDesk;
let chat: ChatClient;
beforeAll(async () => {
  model = await startWireServer(ordering);
  desk = await startDesk({
    env: { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: 'sk-test', AZURE_OPENAI_DEPLOYMENT: 'm' },
  });
  chat = chatClient(desk);
});
afterAll(async () => {
  await desk.stop();
  await model.close();
});

/** The requests that a question made of the desk, as they came over the wire. */
async function wireOf(ask: () => Promise<unknown>): Promise<{ tools: unknown; messages: WireMessage[] }[]> {
  const before = model.requests.length;
  await ask();
  return model.requests
    .slice(before)
    .map(({ body }) => ({ tools: body['tools'], messages: body['messages'] as WireMessage[] }));
}

const rightNow = (messages: readonly WireMessage[]) =>
  messages.findIndex(({ role, content }) => role === 'system' && content?.startsWith('Right now'));

describe('what goes to the model', () => {
  it('tells the open order and how things stand', async () => {
    const [order] = (await chat.call<Page<Order>>('orders.list', { limit: 1 })).items;
    const open = { context_type: 'order', context_id: order?.number };
    let asked: Awaited<ReturnType<typeof wireOf>>[number] | undefined;
    const text = () => asked?.messages[rightNow(asked.messages)]?.content ?? '';
    // No question waits long for the figures; on a busy machine they go with a later one.
    const figures = async () => {
      [asked] = await wireOf(() => chat.send('How is it?', open));
      return text();
    };
    await expect
      .poll(figures, { timeout: 15_000 })
      .toMatch(/at \d\d:\d\d: \d+ orders running, \d+ queued, \d+ drafts; \d+ renders running/);
    expect(text()).toContain(
      `open order: ${order?.number ?? ''} (${order?.status ?? ''}; ${order?.output_type_name ?? ''}`,
    );
    expect(asked?.messages.at(-1)?.content).toBe(`How is it?\n[open order: ${order?.number ?? ''}]`);
  });

  it('tells the open product by its number and name', async () => {
    const [product] = (await chat.call<Page<{ id: string; pim_id: string }>>('products.list', { limit: 1 })).items;
    const [asked] = await wireOf(() =>
      chat.send('What is this?', { context_type: 'product', context_id: product?.id }),
    );
    expect(asked?.messages[rightNow(asked.messages)]?.content).toContain(
      `open product: ${product?.id ?? ''} (${product?.pim_id ?? ''};`,
    );
  });

  it('begins with the same bytes in the next turn, up to what is true right now', async () => {
    let session_id = '';
    const [first] = await wireOf(async () => ({ session_id } = await chat.send('Hello')));
    const open = { session_id, context_type: 'order', context_id: 'SA-2026-00160' };
    const [second] = await wireOf(() => chat.send('Hello again', open));
    const [third] = await wireOf(() => chat.send('And again', { session_id }));
    const beginning = (request: typeof first) => request?.messages.slice(0, rightNow(request.messages)) ?? [];
    expect(JSON.stringify(second?.tools)).toBe(JSON.stringify(first?.tools));
    expect(beginning(first)).toHaveLength(1);
    expect(beginning(second)).toHaveLength(3);
    expect(JSON.stringify(beginning(second)).startsWith(JSON.stringify(beginning(first)).slice(0, -1))).toBe(true);
    expect(JSON.stringify(beginning(third)).startsWith(JSON.stringify(beginning(second)).slice(0, -1))).toBe(true);
  });
});

describe('ordering a list', () => {
  /** Products of our own making, so that there are as many as a list may name. */
  async function importProducts(count: number): Promise<string[]> {
    const { token } = await desk.signIn('admin@kugelwerk.example');
    const { pipeline } = await chat.call<{ pipeline: { url: string } }>('desk.state');
    const items = Array.from({ length: count }, (_, at) => ({
      pim_id: `PS-${String(at).padStart(5, '0')}`,
      name: `Rillenkugellager ${String(at)}`,
      designation: String(at),
      kind: 'deep_groove',
      dimensions: { d: 25, D: 52, B: 15 },
      cad_materials: { inner_ring: '100Cr6' },
      category: ['Kugellager', 'Prüflager'],
    }));
    const imported = await fetch(`${pipeline.url}/api/products/import`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(items),
    });
    expect(imported.status, await imported.text()).toBe(200);
    return items.map(({ pim_id }) => pim_id);
  }

  /** Tokens of all requests of "order these" with a dropped list of these products, from the question to the end. */
  async function tokensToOrder(pimIds: readonly string[]): Promise<number> {
    const uploaded = await desk.request('/api/desk/product-lists?name=list.csv', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: ['PIM-ID', ...pimIds].join('\n'),
    });
    const list = (await uploaded.json()) as ProductListAnswer;
    const requests = await wireOf(async () => {
      const pending = pendingOf(await chat.send('Order these', { selection_id: list.selection_id }));
      expect(pending.effect.counts).toMatchObject({ products: pimIds.length });
      const done = await chat.decide(pending.id, { decision: 'approve' });
      expect(done.response?.tool_calls).toMatchObject([{ tool: 'create_order', state: 'done' }]);
    });
    expect(requests).toHaveLength(2);
    return requests.reduce((sum, request) => sum + countTokens(JSON.stringify(request)), 0);
  }

  it('takes the same tokens for 10 products as for 10,000, within 5 %', async () => {
    const pimIds = await importProducts(10_000);
    const ten = await tokensToOrder(pimIds.slice(0, 10));
    const all = await tokensToOrder(pimIds);
    console.log(`prompt tokens of "order these": ${String(ten)} for 10 products, ${String(all)} for 10,000`);
    expect(Math.abs(all - ten) / ten).toBeLessThan(0.05);
  }, 120_000);
});
