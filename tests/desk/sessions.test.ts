import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatExport, ChatQueue } from '../../shared/contract/index.ts';
import type { ChatSession, Order, Page } from '../../shared/domain/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, pendingOf, type ChatClient } from './chat-client.ts';

let desk: RunningDesk;
let chat: ChatClient;
beforeAll(async () => {
  desk = await startDesk();
  chat = chatClient(desk);
});
afterAll(() => desk.stop());

const order = 'Render 2 Kugellager as WebP at 256x256';

const listed = async (session_id: string): Promise<ChatSession> => {
  const found = (await chat.sessions()).find((each) => each.session_id === session_id);
  if (!found) throw new Error('the session is not listed');
  return found;
};
const standing = async (session: string): Promise<string[]> =>
  (await chat.messages(session)).filter(({ superseded }) => !superseded).map(({ content }) => content);
const refusal = async (operation: string, body: object): Promise<{ code: string; detail: string }> => {
  const response = await desk.request(`/api/desk/${operation}`, { method: 'POST', body: JSON.stringify(body) });
  expect(response.ok).toBe(false);
  return (await response.json()) as { code: string; detail: string };
};

describe('the list', () => {
  it('names, finds, renames, pins and marks a session', async () => {
    const { session_id } = await chat.send('Which output types are there?');
    expect(await listed(session_id)).toMatchObject({
      title: 'Which output types are there?',
      unread: true,
      state: 'idle',
    });
    await chat.call('chat.change', { session_id, read: true, pinned: true, title: 'Recipes' });
    const [first] = await chat.sessions();
    expect(first).toMatchObject({ session_id, title: 'Recipes', pinned: true, unread: false });
    expect(
      (await chat.call<ChatSession[]>('chat.sessions', { text: 'recipes' })).map((each) => each.session_id),
    ).toEqual([session_id]);
    await chat.call('chat.change', { session_id, pinned: false });
  });

  it('gives a session as a file', async () => {
    const { session_id, response } = await chat.send('Which output types are there?');
    const { text, file_name } = await chat.call<ChatExport>('chat.export', { session_id, format: 'markdown' });
    expect(file_name).toMatch(/^chat-\d{4}-\d{2}-\d{2}-Which-output-types-are-there\.md$/);
    expect(text).toContain(response?.content);
    const download = await desk.request(`/api/chat/sessions/${session_id}/export?format=json`);
    expect(download.headers.get('content-disposition')).toContain('attachment');
    expect(await download.json()).toMatchObject({ session: { id: session_id }, messages: [{ role: 'user' }, {}] });
  });
});

describe('several sessions at once', () => {
  it('one waits for its user while another answers, and the list says so', async () => {
    const waiting = await chat.send(order);
    const other = await chat.send('How many renders failed this week?');
    expect(other.status).toBe('done');
    expect(await listed(waiting.session_id)).toMatchObject({ state: 'waiting', unread: true });
    await chat.decide(pendingOf(waiting).id, { decision: 'reject' });
    expect(await listed(waiting.session_id)).toMatchObject({ state: 'idle' });
  });

  it('a message waits for the turn before it, and is sent when that ends', async () => {
    const waiting = await chat.send(order);
    const { session_id } = waiting;
    const add = (message: string) =>
      chat.call<ChatQueue>('chat.change_queue', { session_id, change: { kind: 'add', request: { message } } });
    await add('List materials');
    const { messages } = await add('Which output types are there?');
    await chat.call('chat.change_queue', { session_id, change: { kind: 'remove', id: messages[0]?.id } });
    expect((await chat.call<ChatQueue>('chat.queue', { session_id })).messages).toMatchObject([
      { message: 'Which output types are there?', has_list: false },
    ]);
    expect(await standing(session_id)).toHaveLength(2);
    await chat.decide(pendingOf(waiting).id, { decision: 'reject' });
    await expect.poll(() => standing(session_id), { timeout: 10_000 }).toHaveLength(4);
    expect((await standing(session_id))[2]).toBe('Which output types are there?');
    expect(await chat.call('chat.queue', { session_id })).toEqual({ session_id, messages: [], held: null });
  });
});

describe('editing and making anew', () => {
  it('an edited message takes the place of the last one, with its answer', async () => {
    const first = await chat.send('Show materials like steel');
    const { session_id } = first;
    const again = await chat.send('Show materials like brass', { session_id, replaces: first.message.id });
    expect(await standing(session_id)).toEqual(['Show materials like brass', again.response?.content]);
    expect(await listed(session_id)).toMatchObject({ title: 'Show materials like brass', message_count: 2 });
    expect(await refusal('chat.send', { session_id, message: 'No', replaces: first.message.id })).toMatchObject({
      code: 'state_conflict',
    });
  });

  it('an edit calls off what still waits for approval', async () => {
    const before = (await chat.call<Page<Order>>('orders.list', { limit: 1 })).total;
    const waiting = await chat.send(order);
    const { session_id } = waiting;
    await chat.send('Which output types are there?', { session_id, replaces: waiting.message.id });
    const old = (await chat.messages(session_id)).find(({ superseded, role }) => superseded && role === 'assistant');
    expect(old).toMatchObject({ status: 'interrupted' });
    expect(old?.tool_calls.at(-1)).toMatchObject({ tool: 'create_order', state: 'cancelled' });
    expect((await chat.call<Page<Order>>('orders.list', { limit: 1 })).total).toBe(before);
  });

  it('an answer is made anew, unless it changed something; what it changed stays told', async () => {
    const { session_id } = await chat.send('Which output types are there?');
    await chat.call('chat.regenerate', { session_id });
    expect((await chat.messages(session_id)).map(({ superseded }) => superseded)).toEqual([false, true, false]);

    const waiting = await chat.send(order, { session_id });
    expect(await refusal('chat.regenerate', { session_id })).toMatchObject({ code: 'turn_running' });
    const done = await chat.decide(pendingOf(waiting).id, { decision: 'approve' });
    const refused = await refusal('chat.regenerate', { session_id });
    expect(refused.detail).toMatch(/changed something \(.*2 WebP renders/);
    const number = /SA-\d{4}-\d+/.exec(done.response?.content ?? '')?.[0] ?? 'none';
    const edited = await chat.send('What is its status?', { session_id, replaces: waiting.message.id });
    expect(edited.response?.content).toContain(number);
    expect(await chat.messages(session_id)).toHaveLength(7);
  });
});
