import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductListAnswer, TurnOutcome } from '../../shared/contract/index.ts';
import type { Order, Page } from '../../shared/domain/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, pendingOf, type ChatClient } from './chat-client.ts';

let desk: RunningDesk;
let chat: ChatClient;
beforeAll(async () => {
  desk = await startDesk();
  chat = chatClient(desk);
});
afterAll(() => desk.stop());

const orders = () => chat.call<Page<Order>>('orders.list', { limit: 1 });

describe('asking', () => {
  it('answers from real data and keeps the conversation', async () => {
    const outcome = await chat.send('Show my last 5 orders');
    const newest = (await chat.call<Page<Order>>('orders.list', { limit: 1, mine: true })).items[0];
    expect(outcome).toMatchObject({ status: 'done', pending_approvals: [], message: { role: 'user' } });
    expect(outcome.response?.content).toContain(newest?.number);
    expect(outcome.response?.tool_calls).toMatchObject([{ tool: 'list_orders', state: 'done' }]);

    const stored = await chat.messages(outcome.session_id);
    expect(stored.map(({ role, content }) => [role, content])).toEqual([
      ['user', 'Show my last 5 orders'],
      ['assistant', outcome.response?.content],
    ]);
    expect(stored[1]?.token_count).toBeGreaterThan(100);
    expect((await chat.sessions()).find(({ session_id }) => session_id === outcome.session_id)).toMatchObject({
      message_count: 2,
      last_message: expect.any(String) as string,
    });
  });

  it('streams the same turn as events, the last of which is the body', async () => {
    const response = await desk.request('/api/chat/messages', {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      body: JSON.stringify({ message: 'How many renders failed this week?' }),
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = [...(await response.text()).matchAll(/^event: (\S+)\ndata: (.*)$/gm)].map(([, type, data]) => ({
      type,
      data: JSON.parse(data ?? '') as Record<string, unknown>,
    }));
    const types = events.map(({ type }) => type);
    expect(types.filter((type, at) => type !== types[at - 1])).toEqual([
      'turn.started',
      'tool.started',
      'tool.finished',
      'text.delta',
      'turn.ended',
    ]);
    const body = events.at(-1)?.data as unknown as TurnOutcome;
    const text = events.filter(({ type }) => type === 'text.delta').map(({ data }) => data['text']);
    expect(body.response?.content).toBe(text.join(''));
  });

  it('remembers what was said before', async () => {
    const first = await chat.send("What's the status of order SA-2026-00160?");
    expect(first.response?.content).toContain('SA-2026-00160');
    const second = await chat.send('Check its materials', { session_id: first.session_id });
    expect(second.response?.tool_calls.at(-1)).toMatchObject({
      tool: 'check_materials',
      arguments: { order_id: 'SA-2026-00160' },
    });
  });

  it('knows the open order', async () => {
    const outcome = await chat.send('What is its status?', { context_type: 'order', context_id: 'SA-2026-00160' });
    expect(outcome.response?.tool_calls[0]).toMatchObject({ arguments: { order_id: 'SA-2026-00160' } });
    expect(outcome.message).toMatchObject({ context_type: 'order', context_id: 'SA-2026-00160' });
  });

  it('deletes a conversation with everything in it', async () => {
    const { session_id } = await chat.send('List the output types');
    expect(await chat.remove(session_id)).toEqual({ deleted: true });
    expect((await desk.request(`/api/chat/sessions/${session_id}/messages`)).status).toBe(404);
  });
});

describe('changing', () => {
  const words = 'Render all Kugellager products as WebP at 1024x1024';

  it('shows the effect, waits, and does it once when it is approved', async () => {
    const before = (await orders()).total;
    const waiting = await chat.send(words);
    expect(waiting).toMatchObject({ status: 'waiting', response: null });
    const pending = pendingOf(waiting);
    const { renders } = pending.effect.counts;
    expect(pending).toMatchObject({ tool: 'create_order', effect: { counts: { orders: 1 } } });
    expect(pending.effect.summary).toContain(`${String(renders)} WebP renders at 1024 x 1024`);
    expect((await orders()).total).toBe(before);
    expect(await chat.approvals()).toEqual(waiting.pending_approvals);

    const done = await chat.decide(pending.id, { decision: 'approve' });
    const order = (await orders()).items[0];
    expect(done).toMatchObject({ status: 'done', session_id: waiting.session_id, pending_approvals: [] });
    expect(done.response?.content).toContain(order?.number);
    expect(order?.lines.total).toBe(renders);
    expect((await orders()).total).toBe(before + 1);

    const again = await desk.request(`/api/chat/approvals/${pending.id}`, {
      method: 'POST',
      body: JSON.stringify({ decision: 'approve' }),
    });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'approval_gone' });
    await chat.call('orders.act', { ref: order?.number, action: { kind: 'cancel' } });
  });

  it('does nothing when it is rejected, and the model is told why', async () => {
    const before = (await orders()).total;
    const pending = pendingOf(await chat.send(words));
    const done = await chat.decide(pending.id, { decision: 'reject', reason: 'Too many' });
    expect(done.status).toBe('done');
    expect(done.response?.tool_calls.at(-1)).toMatchObject({
      state: 'rejected',
      result: { rejected: true, reason: 'Too many' },
    });
    expect((await orders()).total).toBe(before);
  });

  it('shows the new effect of edited arguments before anything runs', async () => {
    const before = (await orders()).total;
    const pending = pendingOf(await chat.send(words));
    const edited = {
      ...pending.arguments,
      render_overrides: { format: 'png', width: 64, height: 64 },
      dispatch: false,
    };
    const again = pendingOf(await chat.decide(pending.id, { decision: 'approve', arguments: edited }));
    expect(again).toMatchObject({ id: pending.id, arguments: edited });
    expect(again.effect.summary).toContain('64 x 64');
    expect((await orders()).total).toBe(before);
    const done = await chat.decide(pending.id, { decision: 'approve' });
    expect(done.response?.tool_calls.at(-1)).toMatchObject({ state: 'done', result: { edited: true } });
    expect((await orders()).items[0]).toMatchObject({ status: 'draft', settings: { format: 'png', width: 64 } });
  });

  it('asks again when the world moved meanwhile', async () => {
    const order = (await chat.call<Page<Order>>('orders.list', { status: 'draft', limit: 1 })).items[0];
    const pending = pendingOf(await chat.send(`Set material override to Steel-Bare on order ${order?.number ?? ''}`));
    const action = { kind: 'material_override', material_name: null };
    await chat.call('orders.act', { ref: order?.id, action: { ...action, material_name: 'Brass-Satin' } });
    const again = pendingOf(await chat.decide(pending.id, { decision: 'approve' }));
    expect(again.effect).not.toEqual(pending.effect);
    const done = await chat.decide(pending.id, { decision: 'approve' });
    expect(done.response?.tool_calls.at(-1)).toMatchObject({ state: 'done', result: { previous: 'Brass-Satin' } });
    expect(await chat.call('orders.get', { ref: order?.id })).toMatchObject({ material_override: 'Steel-Bare' });
  });

  it('orders the products of a dropped list', async () => {
    const bytes = await readFile('resources/examples/product-list.csv');
    const uploaded = await desk.request('/api/desk/product-lists?name=product-list.csv', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
    });
    const list = (await uploaded.json()) as ProductListAnswer;
    expect(list.summary).toBe('148 products, 3 not found');
    const outcome = await chat.send('Render these as PNG', { selection_id: list.selection_id });
    const pending = pendingOf(outcome);
    expect(pending).toMatchObject({
      arguments: { selection_id: list.selection_id },
      effect: { counts: { products: 148 } },
    });
    await chat.decide(pending.id, { decision: 'reject' });
  });
});

describe('the door', () => {
  it('lets nobody in without the token, from elsewhere, or through another page', async () => {
    const path = `${desk.origin}/api/chat/sessions`;
    expect((await fetch(path)).status).toBe(401);
    expect((await fetch(path, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await desk.request('/api/chat/sessions', { headers: { origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    const visit = await fetch(desk.url, { redirect: 'manual' });
    expect([visit.status, visit.headers.get('location')]).toEqual([303, '/']);
    const cookie = visit.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    expect((await fetch(path, { headers: { cookie: cookie.split(';')[0] ?? '' } })).status).toBe(200);
  });

  it('names the field that is wrong', async () => {
    const response = await desk.request('/api/chat/messages', { method: 'POST', body: '{"message": 7, "extra": 1}' });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await response.json()) as { errors: { field: string }[] };
    expect(problem.errors.map(({ field }) => field)).toEqual(['message', 'extra']);
    const broken = await desk.request('/api/chat/messages', { method: 'POST', body: '{' });
    expect([broken.status, (await broken.json()) as unknown]).toEqual([
      400,
      expect.objectContaining({ code: 'bad_request' }),
    ]);
  });
});
