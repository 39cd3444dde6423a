import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  chatSessionSchema,
  pageOf,
  reservationSchema,
  sessionToolCallSchema,
  storedMessageSchema,
  tenantConfigSchema,
  usageSchema,
  type JournalWrite,
  type MessageWrite,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import type { Answer, Client } from '../../test-support/client.ts';
import { callOf, messageOf } from '../../test-support/requests.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let session: string;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
});
beforeEach(() => {
  session = randomUUID();
});

function put(id: string, write: MessageWrite, client = operator): Promise<Answer> {
  return client.call('PUT', `/chat/messages/${id}`, { body: write });
}

function putCall(id: string, write: JournalWrite): Promise<Answer> {
  return operator.call('PUT', `/chat/tool-calls/${id}`, { body: write });
}

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
const turn = (desk: string, lease: number, more: Partial<MessageWrite> = {}): MessageWrite =>
  messageOf(session, {
    role: 'assistant',
    content: '',
    status: 'running',
    desk_id: desk,
    lease_until: inSeconds(lease),
    ...more,
  });

describe('messages', () => {
  test('the first message makes the chat; a long chat comes newest last, page by page', async () => {
    for (let index = 1; index <= 5; index += 1)
      await put(randomUUID(), messageOf(session, { content: `message ${index}` }));
    const newest = await operator.read(pageOf(storedMessageSchema), `/chat/sessions/${session}/messages?limit=3`);
    expect(newest.items.map(({ content }) => content)).toEqual(['message 3', 'message 4', 'message 5']);
    expect(newest.total).toBe(5);
    const older = `/chat/sessions/${session}/messages?limit=3&cursor=${newest.next_cursor}`;
    expect((await operator.read(pageOf(storedMessageSchema), older)).items.map(({ content }) => content)).toEqual([
      'message 1',
      'message 2',
    ]);
    const [listed] = (await operator.read(pageOf(chatSessionSchema), '/chat/sessions')).items;
    expect(listed).toMatchObject({
      session_id: session,
      title: 'message 1',
      last_message: 'message 5',
      message_count: 5,
    });
  });

  test('a chat is renamed, pinned to the top, and deleted with everything in it', async () => {
    const other = randomUUID();
    await put(randomUUID(), messageOf(session));
    await put(randomUUID(), messageOf(other));
    const change = { title: 'Bearings', pinned: true };
    await operator.change(chatSessionSchema, 'PATCH', `/chat/sessions/${session}`, change);
    const listed = await operator.read(pageOf(chatSessionSchema), '/chat/sessions');
    expect(listed.items[0]).toMatchObject({ session_id: session, ...change });
    expect((await operator.call('DELETE', `/chat/sessions/${session}`)).body).toEqual({ deleted: true });
    expect((await operator.get(`/chat/sessions/${session}/messages`)).status).toBe(404);
  });

  test('a turn is written by the desk that holds it; another takes over only when the lease ran out', async () => {
    const id = randomUUID();
    await put(id, turn('desk-a', 15));
    const early = await put(id, turn('desk-b', 15));
    expect(problemSchema.parse(early.body)).toMatchObject({ code: 'state_conflict', details: { desk_id: 'desk-a' } });
    expect((await put(id, turn('desk-a', -1))).status).toBe(200);
    const rivals = await Promise.all([put(id, turn('desk-b', 15)), put(id, turn('desk-c', 15))]);
    expect(rivals.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = await put(id, turn('desk-a', 15, { status: 'done', content: 'I was slow' }));
    expect(late.status).toBe(409);
  });

  test('a finished turn is not written by another desk', async () => {
    const id = randomUUID();
    await put(id, turn('desk-a', 15));
    await put(id, turn('desk-a', 15, { status: 'done', content: 'done', lease_until: null }));
    expect((await put(id, turn('desk-b', 15))).status).toBe(409);
  });
});

describe('the journal', () => {
  async function messageId(): Promise<string> {
    const id = randomUUID();
    await put(id, turn('desk-a', 15));
    return id;
  }

  test('moves by compare-and-set: of two that approve at once, one does', async () => {
    const message = await messageId();
    const id = randomUUID();
    await putCall(id, callOf(message));
    await putCall(id, callOf(message, { from: 'proposed', state: 'awaiting', expires_at: inSeconds(60) }));
    const awaiting = await operator.read(pageOf(sessionToolCallSchema), '/chat/tool-calls?state=awaiting');
    expect(awaiting.items.find((call) => call.id === id)).toMatchObject({ session_id: session, state: 'awaiting' });
    const approve = callOf(message, {
      from: 'awaiting',
      state: 'approved',
      decided_by: 'user',
      decided_at: inSeconds(0),
    });
    const rivals = await Promise.all([putCall(id, approve), putCall(id, approve)]);
    expect(rivals.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = rivals.find(({ status }) => status === 409);
    expect(problemSchema.parse(refused?.body)).toMatchObject({
      code: 'state_conflict',
      details: { state: 'approved' },
    });
  });

  test('takes no state that cannot follow, and no second entry in the same place', async () => {
    const message = await messageId();
    const id = randomUUID();
    await putCall(id, callOf(message, { state: 'done', result: { total: 1 } }));
    const back = await putCall(id, callOf(message, { from: 'done', state: 'running' }));
    expect(problemSchema.parse(back.body).code).toBe('state_conflict');
    const twin = await putCall(randomUUID(), callOf(message));
    expect(problemSchema.parse(twin.body).code).toBe('state_conflict');
    const stored = await operator.read(pageOf(storedMessageSchema), `/chat/sessions/${session}/messages`);
    expect(stored.items[0]?.tool_calls.map(({ state, result }) => [state, result])).toEqual([['done', { total: 1 }]]);
  });
});

describe('the month’s tokens', () => {
  test('the limit holds across operators who reserve at once, and settling counts what was used', async () => {
    const admin = await pipeline().as('admin@kugelwerk.example');
    const used = await operator.read(usageSchema, '/chat/usage');
    const limit = used.used_tokens + used.reserved_tokens + 1000;
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { monthly_token_limit: limit });
    const asked = Array.from({ length: 6 }, (_, index) =>
      (index % 2 ? admin : operator).call('POST', '/chat/usage/reservations', { body: { estimated_tokens: 300 } }),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 201).length).toBe(3);
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => problemSchema.parse(body).code);
    expect(refused).toEqual(['token_limit_reached', 'token_limit_reached', 'token_limit_reached']);
    const first = answers.findIndex(({ status }) => status === 201);
    const owner = first % 2 ? admin : operator;
    const { id } = reservationSchema.parse(answers[first]?.body);
    const settled = await owner.change(reservationSchema, 'PUT', `/chat/usage/reservations/${id}`, { tokens: 50 });
    expect(settled.usage).toMatchObject({
      used_tokens: used.used_tokens + 50,
      reserved_tokens: used.reserved_tokens + 600,
    });
    const twice = await owner.change(reservationSchema, 'PUT', `/chat/usage/reservations/${id}`, { tokens: 999 });
    expect(twice.usage.used_tokens).toBe(used.used_tokens + 50);
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { monthly_token_limit: null });
  });

  test('where the assistant is switched off nothing is reserved', async () => {
    const admin = await pipeline().as('admin@nordlager.example');
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { ai_enabled: false });
    const refused = await admin.call('POST', '/chat/usage/reservations', { body: { estimated_tokens: 1 } });
    expect(problemSchema.parse(refused.body).code).toBe('ai_disabled');
  });
});
