import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  chatSessionSchema,
  monthUsageSchema,
  pageOf,
  productSchema,
  reservationSchema,
  sessionToolCallSchema,
  sessionUsageSchema,
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
import { monthIn } from '../time.ts';

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

/** Makes the chat as a desk does: with the person's message. */
async function ask(content = 'hello'): Promise<void> {
  expect((await put(randomUUID(), messageOf(session, { content }))).status).toBe(200);
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
    await ask();
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
    await ask();
    await put(id, turn('desk-a', 15));
    await put(id, turn('desk-a', 15, { status: 'done', content: 'done', lease_until: null }));
    expect((await put(id, turn('desk-b', 15))).status).toBe(409);
  });
});

describe('lists of chats and messages', () => {
  test('a long chat is read from its beginning too, while more is said', async () => {
    for (let index = 1; index <= 5; index += 1) await ask(`message ${index}`);
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/chat/sessions/${session}/messages?from=oldest&limit=2${cursor}`;
      const page = await operator.read(pageOf(storedMessageSchema), path);
      seen.push(...page.items.map(({ content }) => content));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
      if (seen.length === 2) await ask('message 6');
    } while (cursor !== '');
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((index) => `message ${index}`));
  });

  test('chats are found by title and by what was said in them, and paged by creation while they are written', async () => {
    const word = `w${session.slice(0, 8)}`;
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      session = randomUUID();
      made.unshift(session);
      await ask(index % 2 ? `Find ${word} here` : 'Something else');
      if (index % 2 === 0) await ask(`and 100% ${word}_x`);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/chat/sessions?sort=created&text=${word}&limit=2${cursor}`;
      const page = await operator.read(pageOf(chatSessionSchema), path);
      expect(page.total).toBe(7);
      seen.push(...page.items.map(({ session_id }) => session_id));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
      session = made.at(-1) ?? '';
      await ask('moves it to the top of the other order');
    } while (cursor !== '');
    expect(seen).toEqual(made);
    const found = async (text: string) =>
      (await operator.read(pageOf(chatSessionSchema), `/chat/sessions?text=${encodeURIComponent(text)}`)).total;
    expect([await found(`100% ${word}`), await found(`${word}_x`), await found(`${word}%x`)]).toEqual([4, 4, 0]);
  });

  test('an answer that comes after its chat was deleted does not bring it back', async () => {
    await ask();
    await operator.call('DELETE', `/chat/sessions/${session}`);
    expect((await put(randomUUID(), turn('desk-a', 15))).status).toBe(404);
    expect((await operator.get(`/chat/sessions/${session}/messages`)).status).toBe(404);
  });

  test('of two that write the same new message at once none is told that it does not exist', async () => {
    await ask();
    const id = randomUUID();
    const both = await Promise.all([put(id, messageOf(session)), put(id, messageOf(session))]);
    expect(both.map(({ status }) => status).every((status) => status === 200 || status === 409)).toBe(true);
    expect(both.some(({ status }) => status === 200)).toBe(true);
  });
});

describe('the journal', () => {
  async function messageId(): Promise<string> {
    const id = randomUUID();
    await ask();
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
    expect(stored.items.at(-1)?.tool_calls.map(({ state, result }) => [state, result])).toEqual([
      ['done', { total: 1 }],
    ]);
  });
});

describe('a change of the assistant', () => {
  test('passes only while its journal says that it runs', async () => {
    const message = randomUUID();
    const id = randomUUID();
    await ask();
    await put(message, turn('desk-a', 15));
    await putCall(id, callOf(message));
    const product = (await operator.read(pageOf(productSchema), '/products?limit=1')).items[0]?.id;
    const body = { product_ids: [product], output_type_name: 'Thumbnail', dispatch: false };
    const key = randomUUID();
    const send = () =>
      operator.call('POST', '/orders', { body, key, headers: { 'Renderdesk-Origin': `assistant; tool_call=${id}` } });
    const move = (from: JournalWrite['from'], state: JournalWrite['state']) =>
      putCall(id, callOf(message, { from, state }));
    const codeOf = (answer: Answer) => problemSchema.parse(answer.body).code;

    expect(codeOf(await send())).toBe('call_not_running');
    await move('proposed', 'approved');
    await move('approved', 'running');
    await move('running', 'awaiting');
    expect(codeOf(await send())).toBe('call_not_running');
    await move('awaiting', 'approved');
    await move('approved', 'running');
    const made = await send();
    expect(made.status).toBe(201);
    await move('running', 'done');
    // The answer that was given stays what it is.
    expect((await send()).body).toEqual(made.body);
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

  test('at the edge of the limit exactly what fits is reserved, of twenty who ask at once', async () => {
    const admin = await pipeline().as('admin@kugelwerk.example');
    const viewer = await pipeline().as('viewer@kugelwerk.example');
    const { used_tokens, reserved_tokens } = await operator.read(usageSchema, '/chat/usage');
    const limit = used_tokens + reserved_tokens + 7 * 100 + 99;
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { monthly_token_limit: limit });
    const clients = Array.from({ length: 20 }, (_, index) => [admin, operator, viewer][index % 3] ?? admin);
    const body = { estimated_tokens: 100 };
    const asked = clients.map((client) => client.call('POST', '/chat/usage/reservations', { body }));
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(7);
    const usage = await operator.read(usageSchema, '/chat/usage');
    expect(usage.used_tokens + usage.reserved_tokens).toBe(limit - 99);
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { monthly_token_limit: null });
  });

  test('a refusal says how much there is and whom the company names to ask', async () => {
    const admin = await pipeline().as('admin@kugelwerk.example');
    const named = { monthly_token_limit: 1, ai_contact: 'Petra Lang, extension 44' };
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', named);
    const refused = await operator.call('POST', '/chat/usage/reservations', { body: { estimated_tokens: 2 } });
    expect([refused.status, problemSchema.parse(refused.body)]).toEqual([
      409,
      expect.objectContaining({
        code: 'token_limit_reached',
        detail: expect.stringMatching(
          /your company's 1 tokens of this month .* Ask Petra Lang, extension 44 for more\.$/,
        ) as string,
      }),
    ]);
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { monthly_token_limit: null, ai_contact: null });
  });

  test('the tokens of answers are told apart, of the month, of a chat and of its newest answer', async () => {
    const admin = await pipeline().as('admin@kugelwerk.example');
    const token_price = { input: 2, output: 8, currency: 'EUR' };
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { token_price });
    const before = await operator.read(usageSchema, '/chat/usage');
    await ask('What does it cost?');
    const call = async (message_id: string, tokens: number, output_tokens: number | undefined) => {
      const made = await operator.change(reservationSchema, 'POST', '/chat/usage/reservations', {
        estimated_tokens: 9,
      });
      const body = { tokens, output_tokens, message_id };
      return operator.call('PUT', `/chat/usage/reservations/${made.id}`, { body });
    };
    const [first, second] = [randomUUID(), randomUUID()];
    await put(first, turn('desk-a', 15));
    await call(first, 1000, 100);
    await call(first, 2000, undefined);
    await put(second, turn('desk-a', 15));
    await call(second, 500, 50);
    expect(await operator.read(usageSchema, `/chat/usage?session_id=${session}`)).toMatchObject({
      used_tokens: before.used_tokens + 3500,
      output_tokens: before.output_tokens + 150,
      chat: { used_tokens: 3500, output_tokens: 150 },
      answer: { used_tokens: 500, output_tokens: 50 },
      price: token_price,
    });
    const stranger = await pipeline().as('viewer@kugelwerk.example');
    const theirs = await stranger.read(usageSchema, `/chat/usage?session_id=${session}`);
    expect([theirs.chat, theirs.answer]).toEqual([{ used_tokens: 0, output_tokens: 0 }, undefined]);
    expect((await call(second, 5, 6)).status).toBe(400);
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { token_price: null });
  });

  test('what a crashed desk reserved expires, and counts again only if it is settled after all', async () => {
    const body = { estimated_tokens: 5000 };
    const before = await operator.read(usageSchema, '/chat/usage');
    const { id } = await operator.change(reservationSchema, 'POST', '/chat/usage/reservations', body);
    const { database } = pipeline().running;
    const [tenant] = await database.listTenants();
    await database.provision(tenant?.id ?? '', (tx) =>
      tx.execute(sql`UPDATE rd.usage_reservations SET created_at = now() - interval '61 minutes' WHERE id = ${id}`),
    );
    expect(await operator.read(usageSchema, '/chat/usage')).toMatchObject({
      used_tokens: before.used_tokens,
      reserved_tokens: before.reserved_tokens,
      expired_tokens: before.expired_tokens + 5000,
    });
    await operator.change(reservationSchema, 'PUT', `/chat/usage/reservations/${id}`, { tokens: 70 });
    expect(await operator.read(usageSchema, '/chat/usage')).toMatchObject({
      used_tokens: before.used_tokens + 70,
      expired_tokens: before.expired_tokens,
    });
  });

  test('usage is told by month and by chat, also of a deleted one', async () => {
    await ask('Which chat is this?');
    const message = randomUUID();
    await put(message, turn('desk-a', 15));
    for (const tokens of [100, 23]) {
      const { id } = await operator.change(reservationSchema, 'POST', '/chat/usage/reservations', {
        estimated_tokens: 200,
      });
      const settled = { tokens, message_id: message };
      await operator.change(reservationSchema, 'PUT', `/chat/usage/reservations/${id}`, settled);
    }
    const ofSession = async () =>
      (await operator.read(pageOf(sessionUsageSchema), '/chat/usage/sessions')).items.find(
        ({ session_id }) => session_id === session,
      );
    expect(await ofSession()).toMatchObject({ title: 'Which chat is this?', used_tokens: 123, calls: 2 });
    await operator.call('DELETE', `/chat/sessions/${session}`);
    expect(await ofSession()).toMatchObject({ title: null, used_tokens: 123 });
    const { month, used_tokens } = await operator.read(usageSchema, '/chat/usage');
    const months = await operator.read(pageOf(monthUsageSchema), '/chat/usage/months');
    expect(months.items[0]).toMatchObject({ month, used_tokens });
    expect((await operator.get('/chat/usage?month=2026-13')).status).toBe(400);
    expect(await operator.read(usageSchema, '/chat/usage?month=2020-01')).toMatchObject({ used_tokens: 0 });
  });

  test.each([
    ['Europe/Berlin', '2026-10-31T22:59:59Z', '2026-10'],
    ['Europe/Berlin', '2026-10-31T23:00:00Z', '2026-11'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01'],
    ['America/Los_Angeles', '2027-01-01T07:59:59Z', '2026-12'],
  ])('the month in %s at %s is %s', (zone, at, month) => {
    expect(monthIn(zone, new Date(at))).toBe(month);
  });

  test('where the assistant is switched off nothing is reserved', async () => {
    const admin = await pipeline().as('admin@nordlager.example');
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { ai_enabled: false });
    const refused = await admin.call('POST', '/chat/usage/reservations', { body: { estimated_tokens: 1 } });
    expect(problemSchema.parse(refused.body).code).toBe('ai_disabled');
  });
});
