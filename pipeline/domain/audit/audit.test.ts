import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import papaparse from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  auditEntrySchema,
  orderSchema,
  pageOf,
  tenantConfigSchema,
  type AuditEntry,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import { SAMPLE_PASSWORD } from '../../seed/index.ts';
import { createClient, type Client } from '../../test-support/client.ts';
import { productIds } from '../../test-support/orders.ts';
import { callOf, messageOf } from '../../test-support/requests.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let admin: Client;
let viewer: Client;
let body: { product_ids: string[]; output_type_name: string; dispatch: boolean };

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
  admin = await pipeline().as('admin@kugelwerk.example');
  viewer = await pipeline().as('viewer@kugelwerk.example');
  body = { product_ids: await productIds(operator, 'limit=3'), output_type_name: 'Web Standard', dispatch: false };
});

async function entries(client: Client, query: string): Promise<AuditEntry[]> {
  return (await client.read(pageOf(auditEntrySchema), `/audit?${query}`)).items;
}

/** A chat in which the user asked something and the assistant wants to do it. */
async function toolCall(
  asked: string,
  state: 'running' | 'awaiting',
  by = 'user',
): Promise<{ session: string; call: string; message: string }> {
  const [session, message, call] = [randomUUID(), randomUUID(), randomUUID()];
  await operator.call('PUT', `/chat/messages/${randomUUID()}`, { body: messageOf(session, { content: 'hello' }) });
  await operator.call('PUT', `/chat/messages/${randomUUID()}`, { body: messageOf(session, { content: asked }) });
  const turn = messageOf(session, { role: 'assistant', content: '', status: 'running' });
  await operator.call('PUT', `/chat/messages/${message}`, { body: turn });
  const effect = { summary: 'Order for 3 products', counts: {}, sample: [] };
  const decided = state === 'running' ? { decided_by: by, decided_at: new Date().toISOString() } : {};
  const entry = callOf(message, { state, effect, ...decided });
  expect((await operator.call('PUT', `/chat/tool-calls/${call}`, { body: entry })).status).toBe(200);
  return { session, call, message };
}

describe('what was done', () => {
  test('a click is told with its effect, its order and its key', async () => {
    const key = randomUUID();
    const answer = await operator.call('POST', '/orders', { body, key });
    const { number, id } = orderSchema.parse(answer.body);
    const [entry] = await entries(operator, `order=${number}`);
    expect(entry).toMatchObject({
      user_name: 'Jana Petersen',
      role: 'operator',
      origin: 'click',
      decided_by: 'Jana Petersen',
      action: 'POST /orders',
      order_number: number,
      outcome: 'done',
      status: 201,
      idempotency_key: key,
      tool: null,
      asked: null,
    });
    expect(entry?.summary).toContain('3 products');
    await operator.call('POST', '/orders', { body, key });
    await operator.call('POST', '/orders?dry_run=true', { body });
    expect(await entries(admin, `order=${id}`)).toHaveLength(1);
  });

  test('what the assistant did says what was asked and who approved, and outlives the chat', async () => {
    const { session, call } = await toolCall('Render three of them', 'running');
    const headers = { 'renderdesk-origin': `assistant; tool_call=${call}` };
    const answer = await operator.call('POST', '/orders', { body, headers });
    const { number } = orderSchema.parse(answer.body);
    expect((await operator.call('DELETE', `/chat/sessions/${session}`)).status).toBe(200);
    const [entry] = await entries(admin, `order=${number}`);
    expect(entry).toMatchObject({
      origin: 'assistant',
      tool_call_id: call,
      tool: 'create_order',
      asked: 'Render three of them',
      decided_by: 'Jana Petersen',
    });
    expect(await entries(admin, 'text=three%20of%20them')).toHaveLength(1);
    expect((await entries(operator, `action=${encodeURIComponent('DELETE /chat/sessions/{id}')}`))[0]?.target).toBe(
      session,
    );
  });

  test('who approved is told by name, also where it was edited first or approved in advance', async () => {
    const cases = [
      ['user:edited', 'Jana Petersen'],
      [`grant:${randomUUID()}`, 'Jana Petersen (in advance)'],
      ['policy:auto', 'policy:auto'],
    ] as const;
    for (const [by, told] of cases) {
      const { call } = await toolCall('Render three of them', 'running', by);
      const headers = { 'renderdesk-origin': `assistant; tool_call=${call}` };
      const answer = await operator.call('POST', '/orders', { body, headers });
      const { number } = orderSchema.parse(answer.body);
      expect((await entries(admin, `order=${number}`))[0]).toMatchObject({ decided_by: told });
    }
  });

  test('another user’s tool call is not joined', async () => {
    const { call } = await toolCall('Secret of Jana', 'running');
    const headers = { 'renderdesk-origin': `assistant; tool_call=${call}` };
    await admin.call('POST', '/orders', { body, headers });
    const [entry] = await entries(admin, `user=${encodeURIComponent('Matthias')}&origin=assistant`);
    expect(entry).toMatchObject({ tool_call_id: call, tool: null, asked: null, decided_by: null });
  });

  test('a request that is not valid is no attempt; a name that cannot be stored is told as far as it can be', async () => {
    const before = await entries(admin, 'limit=1');
    await operator.call('POST', '/orders', { body: { ...body, output_type_name: 3 } });
    await operator.call('POST', '/orders', { body, key: null });
    expect(await entries(admin, 'limit=1')).toEqual(before);
    const refused = await operator.call('POST', '/orders', { body: { ...body, output_type_name: 'a\0b' } });
    expect(problemSchema.parse(refused.body).code).toBe('unknown_output_type');
    expect((await entries(admin, 'limit=1'))[0]).toMatchObject({ outcome: 'refused', code: 'unknown_output_type' });
  });
});

describe('what was tried', () => {
  test('a refusal by role or state is there, with its code', async () => {
    await viewer.call('POST', '/orders', { body });
    expect((await entries(viewer, 'outcome=refused'))[0]).toMatchObject({ code: 'forbidden', status: 403 });
    await operator.call('POST', '/orders/SA-2026-00160/dispatch');
    const [refused] = await entries(operator, 'order=SA-2026-00160&outcome=refused');
    expect(refused).toMatchObject({ code: 'illegal_state', action: 'POST /orders/{ref}/dispatch' });
  });

  test('a rejected or expired tool call is there once, with what was asked', async () => {
    const { call, message } = await toolCall('Cancel everything', 'awaiting');
    const write = callOf(message, { from: 'awaiting', state: 'rejected', decided_by: 'user' });
    await operator.call('PUT', `/chat/tool-calls/${call}`, { body: { ...write, effect: null } });
    await operator.call('PUT', `/chat/tool-calls/${call}`, { body: { ...write, from: 'rejected' } });
    const found = await entries(operator, 'outcome=rejected');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ asked: 'Cancel everything', tool: 'create_order', decided_by: 'Jana Petersen' });
  });

  test('settings carry no secret and are told by their sentence', async () => {
    await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { chat_retention_days: 300 });
    const [entry] = await entries(admin, `action=${encodeURIComponent('PUT /tenant/config')}`);
    expect(entry?.summary).toContain('chat retention days 365 -> 300');
  });
});

test('sign-ins are told to the company they name, the refused ones too', async () => {
  const client = createClient(pipeline().origin);
  const email = 'operator@nordlager.example';
  await client.call('POST', '/auth/login', { body: { email, password: 'guess' }, key: null });
  await client.call('POST', '/auth/login', { body: { email: 'nobody@nowhere.example', password: 'x' }, key: null });
  const signedIn = await client.signIn(email, SAMPLE_PASSWORD);
  await signedIn.call('POST', '/auth/logout', { key: null });
  const boss = await pipeline().as('admin@nordlager.example');
  await expect.poll(async () => (await entries(boss, 'text=nordlager&outcome=refused')).length).toBe(1);
  const found = await entries(boss, 'user=Henrik');
  expect(found.map(({ summary }) => summary).sort()).toEqual(['Sign-in refused', 'Signed in', 'Signed out']);
  expect(JSON.stringify(found)).not.toContain('guess');
  expect(await entries(admin, 'user=Henrik')).toEqual([]);
});

describe('who reads it, and how', () => {
  test('admins read all, others their own; another tenant nothing', async () => {
    const all = await entries(admin, 'limit=200');
    expect(new Set(all.map(({ user_name }) => user_name)).size).toBeGreaterThan(1);
    expect(new Set((await entries(viewer, '')).map(({ user_name }) => user_name))).toEqual(new Set(['Sofie Lindner']));
    const refused = await viewer.get(`/audit?user=${all.find(({ role }) => role === 'admin')?.user_id}`);
    expect(problemSchema.parse(refused.body).code).toBe('forbidden');
    const stranger = await pipeline().as('admin@nordlager.example');
    expect((await entries(stranger, '')).filter(({ user_name }) => user_name === 'Jana Petersen')).toEqual([]);
    expect(await entries(stranger, 'order=SA-2026-00160')).toEqual([]);
  });

  test('pages lose and double nothing while entries come', async () => {
    const before = await entries(admin, 'limit=200');
    const seen: number[] = [];
    let cursor = '';
    do {
      const page = await admin.read(pageOf(auditEntrySchema), `/audit?limit=3${cursor}`);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
      await operator.call('POST', '/orders', { body });
    } while (cursor !== '');
    expect(seen).toEqual(before.map(({ id }) => id));
  });

  test('filters by time', async () => {
    const [newest] = await entries(admin, 'limit=1');
    const at = encodeURIComponent(newest?.at ?? '');
    expect((await entries(admin, `since=${at}`)).length).toBeLessThanOrEqual(2);
    expect((await entries(admin, `until=${at}&limit=1`))[0]?.id).toBeLessThan(newest?.id ?? 0);
    expect((await admin.get('/audit?since=0000-01-01T00:00:00Z')).status).toBe(400);
  });

  test('CSV holds everything and nothing a spreadsheet would run', async () => {
    const evil = '=HYPERLINK("http://x")\n+second "line", ümlaut';
    const { call } = await toolCall(evil, 'running');
    await operator.call('POST', '/orders', { body, headers: { 'renderdesk-origin': `assistant; tool_call=${call}` } });
    const answer = await admin.call('GET', '/audit', { headers: { accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const { data } = papaparse.parse<Record<string, string>>(String(answer.body).trimEnd(), { header: true });
    const total = (await admin.read(pageOf(auditEntrySchema), '/audit')).total;
    expect(data).toHaveLength(total);
    expect(data[0]).toMatchObject({ asked: `'${evil}`, tool: 'create_order' });
    const own = await viewer.get('/audit?format=csv&outcome=refused');
    expect(String(own.body)).not.toContain('Jana');
  });
});

test('the weak roles write and read entries and change none', async () => {
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  const id = tenant?.id ?? '';
  for (const statement of [sql`UPDATE rd.audit SET summary = ''`, sql`DELETE FROM rd.audit`, sql`TRUNCATE rd.audit`]) {
    await expect(database.withTenant(id, (tx) => tx.execute(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
    await expect(database.withTenantAsWorker(id, (tx) => tx.execute(statement))).rejects.toMatchObject({
      cause: { code: '42501' },
    });
  }
});
