import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  dryRunSchema,
  loginAnswerSchema,
  meSchema,
  pageOf,
  userSchema,
  userWithCodeSchema,
  type Role,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import { watchAccounts } from '../../api/watch-accounts.ts';
import { createClient, type Client } from '../../test-support/client.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { createBearerCheck } from '../accounts/index.ts';

const pipeline = usePipeline({ workers: 0 });
const PASSWORD = 'Wälzlager & Kugel 7';
const admin = (): Promise<Client> => pipeline().as('admin@kugelwerk.example');

let people = 0;
function somebody(role: Role = 'operator'): { email: string; name: string; role: Role } {
  people += 1;
  return { email: `person${people}@kugelwerk.example`, name: `Person ${people}`, role };
}

async function invite(person = somebody(), by?: Client): Promise<{ id: string; code: string; email: string }> {
  const answer = await (by ?? (await admin())).change(userWithCodeSchema, 'POST', '/users', person);
  return { id: answer.user.id, email: answer.user.email, code: answer.code ?? '' };
}

function setPassword(code: string, password = PASSWORD): ReturnType<Client['call']> {
  return createClient(pipeline().origin).call('POST', '/auth/set-password', { body: { code, password }, key: null });
}

async function join(role: Role = 'operator'): Promise<{ id: string; email: string; client: Client }> {
  const { id, email, code } = await invite(somebody(role));
  const { token } = loginAnswerSchema.parse((await setPassword(code)).body);
  return { id, email, client: createClient(pipeline().origin, token) };
}

function codeOf(body: unknown): string {
  return problemSchema.parse(body).code;
}

test('an invitation is shown, made, told once, and taken up once', async () => {
  const by = await admin();
  const body = { ...somebody(), email: 'Neu.Hier@Kugelwerk.example' };
  const shown = dryRunSchema.parse((await by.call('POST', '/users?dry_run=true', { body, key: null })).body);
  expect(shown.effect.summary).toBe(`Invite ${body.name} <neu.hier@kugelwerk.example> as operator`);
  expect((await by.get('/users?text=neu.hier')).body).toMatchObject({ items: [] });
  const key = randomUUID();
  const first = await by.call('POST', `/users?snapshot=${shown.snapshot}`, { body, key });
  expect(first.status).toBe(201);
  const { user, code } = userWithCodeSchema.parse(first.body);
  expect(user).toMatchObject({ email: 'neu.hier@kugelwerk.example', status: 'invited' });
  const repeated = await by.call('POST', '/users', { body, key });
  expect(userWithCodeSchema.parse(repeated.body)).toEqual({ user, code: null });

  const answer = loginAnswerSchema.parse((await setPassword(code ?? '')).body);
  expect(answer.user).toMatchObject({ id: user.id, role: 'operator' });
  expect(codeOf((await setPassword(code ?? '')).body)).toBe('code_unusable');
  const me = await createClient(pipeline().origin).signIn('neu.hier@kugelwerk.example', PASSWORD);
  expect(await me.read(meSchema, '/me')).toMatchObject({ tenant: { name: 'Kugelwerk' } });
  expect(await by.read(userSchema, `/users/${user.id}`)).toMatchObject({ status: 'active', code_expires_at: null });

  const stored = await pipeline().running.database.withTenant(answer.tenant.id, (tx) =>
    tx.execute(sql`SELECT (SELECT json_agg(k) FROM rd.idempotency_keys k)::text || (SELECT json_agg(c) FROM rd.account_codes c)::text
      || (SELECT json_agg(u) FROM rd.users u)::text AS all`),
  );
  expect(JSON.stringify(stored.rows)).not.toContain((code ?? '').slice(4));
});

test('two take one code up at once: one of them signs in', async () => {
  const { code } = await invite();
  const answers = await Promise.all([setPassword(code), setPassword(code), setPassword(code)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
});

test('inviting an address of another company looks like any invitation, and never takes that address', async () => {
  const { id, code } = await invite({ ...somebody(), email: 'operator@nordlager.example' });
  const other = await createClient(pipeline().origin).signIn('operator@nordlager.example', 'renderdesk-sample');
  expect(await other.read(meSchema, '/me')).toMatchObject({ tenant: { name: 'Nordlager' } });
  const refused = await setPassword(code);
  const wrong = await setPassword('rdc_wrong');
  expect([refused.status, refused.body]).toEqual([wrong.status, wrong.body]);
  const by = await admin();
  expect(await by.read(userSchema, `/users/${id}`)).toMatchObject({ status: 'invited', code_expires_at: null });
  expect((await other.get('/me')).status).toBe(200);
});

test.each([
  ['too short', 'kurz'],
  ['too long', 'ab1'.repeat(67)],
  ['all the same', 'aaaabbbbaaaabbbb'],
])('a password that is %s is refused and the code stays good', async (_what, password) => {
  const { code } = await invite();
  const refused = problemSchema.parse((await setPassword(code, password)).body);
  expect(refused).toMatchObject({ code: 'validation_failed', errors: [{ field: 'password' }] });
  expect((await setPassword(code)).status).toBe(200);
});

test('an expired code, and that of a disabled user, are of no use', async () => {
  const expired = await invite();
  const disabled = await invite();
  const [tenant] = await pipeline().running.database.listTenants();
  await pipeline().running.database.withTenant(tenant?.id ?? '', (tx) =>
    tx.execute(sql`UPDATE rd.account_codes SET expires_at = now() WHERE user_id = ${expired.id}`),
  );
  await (await admin()).change(userSchema, 'PATCH', `/users/${disabled.id}`, { disabled: true });
  for (const { code } of [expired, disabled]) expect(codeOf((await setPassword(code)).body)).toBe('code_unusable');
});

test('a changed role holds with the next request, and in another process at once', async () => {
  const { id, client } = await join('viewer');
  const { database } = pipeline().running;
  const elsewhere = createBearerCheck(database);
  const stop = await watchAccounts(database, elsewhere, (error) => {
    throw error;
  });
  const body = { cad_material: 'Test-Stahl', material_name: null };
  expect((await client.call('PUT', '/material-mappings', { body })).status).toBe(403);
  expect((await elsewhere.check(client.token ?? ''))?.role).toBe('viewer');
  const heard = new Promise<void>((resolve) => elsewhere.watch(id, resolve));
  await (await admin()).change(userSchema, 'PATCH', `/users/${id}`, { role: 'operator' });
  expect((await client.call('PUT', '/material-mappings', { body })).status).toBe(200);
  await heard;
  expect((await elsewhere.check(client.token ?? ''))?.role).toBe('operator');
  await stop();
});

test('disabling signs out at once, closes event streams, and leaves the password for later', async () => {
  const { id, email, client } = await join();
  const socket = new WebSocket(`${pipeline().origin.replace('http', 'ws')}/api/events`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  await new Promise((resolve) => socket.once('message', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const by = await admin();
  expect(await by.change(userSchema, 'PATCH', `/users/${id}`, { disabled: true })).toMatchObject({
    status: 'disabled',
  });
  expect((await client.get('/me')).status).toBe(401);
  expect(await closed).toBe(1008);
  const login = { body: { email, password: PASSWORD }, key: null };
  expect(codeOf((await client.call('POST', '/auth/login', login)).body)).toBe('wrong_credentials');
  await by.change(userSchema, 'PATCH', `/users/${id}`, { disabled: false });
  expect((await client.get('/me')).status).toBe(401);
  expect((await client.call('POST', '/auth/login', login)).status).toBe(200);
});

test('a reset ends password and tokens, and its code sets a new one', async () => {
  const { id, email, client } = await join();
  const answer = await (await admin()).change(userWithCodeSchema, 'POST', `/users/${id}/reset-password`);
  expect(answer.user.code_expires_at).not.toBeNull();
  expect((await client.get('/me')).status).toBe(401);
  const login = (password: string) => client.call('POST', '/auth/login', { body: { email, password }, key: null });
  expect((await login(PASSWORD)).status).toBe(401);
  expect((await setPassword(answer.code ?? '', 'Ganz anders 2026')).status).toBe(200);
  expect((await login(PASSWORD)).status).toBe(401);
  expect((await login('Ganz anders 2026')).status).toBe(200);
});

test('one’s own password needs the old one, and ends the other sign-ins', async () => {
  const { email, client } = await join();
  const other = await client.signIn(email, PASSWORD);
  const change = (old_password: string, new_password: string) =>
    client.call('POST', '/auth/password', { body: { old_password, new_password }, key: null });
  expect(codeOf((await change('falsch', 'Ganz anders 2026')).body)).toBe('wrong_credentials');
  expect(codeOf((await change(PASSWORD, email)).body)).toBe('validation_failed');
  expect((await change(PASSWORD, 'Ganz anders 2026')).status).toBe(200);
  expect((await other.get('/me')).status).toBe(401);
  expect((await client.get('/me')).status).toBe(200);
  // The same characters in another normal form are the same password.
  expect((await change('Ganz anders 2026', 'Wa\u0308lzlager & Kugel 7')).status).toBe(200);
  await client.signIn(email, PASSWORD);
});

test('signing out everywhere, by oneself and by an admin', async () => {
  const { id, email, client } = await join();
  const other = await client.signIn(email, PASSWORD);
  expect((await client.call('POST', '/auth/logout-everywhere', { key: null })).status).toBe(200);
  expect([(await client.get('/me')).status, (await other.get('/me')).status]).toEqual([401, 401]);
  const again = await client.signIn(email, PASSWORD);
  await (await admin()).change(userSchema, 'POST', `/users/${id}/sign-out`);
  expect((await again.get('/me')).status).toBe(401);
});

test('nobody changes the own role or locks oneself out; the last admin stays one', async () => {
  const by = await admin();
  const me = await by.read(meSchema, '/me');
  const own = `/users/${me.user.id}`;
  for (const body of [{ role: 'viewer' }, { disabled: true }]) {
    expect(codeOf((await by.call('PATCH', own, { body })).body)).toBe('state_conflict');
  }
  expect(codeOf((await by.call('POST', `${own}/reset-password`)).body)).toBe('state_conflict');
  expect((await by.call('PATCH', own, { body: { name: me.user.name } })).status).toBe(200);

  // Each takes the role from the other at the same moment; one of them must fail.
  const [a, b] = [await join('admin'), await join('admin')];
  const { database } = pipeline().running;
  await database.withTenant(me.tenant.id, (tx) =>
    tx.execute(sql`UPDATE rd.users SET role = 'operator' WHERE id = ${me.user.id}`),
  );
  const answers = await Promise.all([
    a.client.call('PATCH', `/users/${b.id}`, { body: { role: 'viewer' } }),
    b.client.call('PATCH', `/users/${a.id}`, { body: { disabled: true } }),
  ]);
  const [done, refused] = answers.map(({ status }) => status).sort();
  expect(done).toBe(200);
  // Refused as the last admin, or, heard a moment later, as one who is no admin (403) or no user (401) any more.
  expect([401, 403, 409]).toContain(refused);
  const admins = await database.withTenant(me.tenant.id, (tx) =>
    tx.execute(sql`SELECT id FROM rd.users WHERE role = 'admin' AND disabled_at IS NULL AND id IN (${a.id}, ${b.id})`),
  );
  expect(admins.rows).toHaveLength(1);
  await database.withTenant(me.tenant.id, (tx) =>
    tx.execute(sql`UPDATE rd.users SET role = 'admin' WHERE id = ${me.user.id}`),
  );
});

test.each([
  ['an address of the own company', { email: 'operator@kugelwerk.example', name: 'X', role: 'viewer' }, 409],
  ['no address', { email: 'nobody', name: 'X', role: 'viewer' }, 400],
  ['a role that is none', { email: 'x@kugelwerk.example', name: 'X', role: 'owner' }, 400],
  ['a name of nothing', { email: 'x@kugelwerk.example', name: ' ', role: 'viewer' }, 400],
  ['a password', { email: 'x@kugelwerk.example', name: 'X', role: 'viewer', password: PASSWORD }, 400],
])('inviting %s is refused', async (_what, body, status) => {
  expect((await (await admin()).call('POST', '/users', { body })).status).toBe(status);
});

test('the list is found by text, role and status, page by page', async () => {
  const by = await admin();
  for (let n = 0; n < 5; n += 1)
    await invite({ email: `liste${n}@kugelwerk.example`, name: `Liste %${n}`, role: 'viewer' });
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await by.read(pageOf(userSchema), `/users?text=${encodeURIComponent('liste %')}&limit=2${cursor}`);
    expect(page.total).toBe(5);
    seen.push(...page.items.map(({ name }) => name));
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`;
  } while (cursor !== '');
  expect(seen).toEqual(['Liste %0', 'Liste %1', 'Liste %2', 'Liste %3', 'Liste %4']);
  const invited = await by.read(pageOf(userSchema), '/users?status=invited&role=viewer&text=liste&limit=200');
  expect(invited.total).toBe(5);
  const stranger = await pipeline().as('admin@nordlager.example');
  expect((await stranger.read(pageOf(userSchema), '/users?limit=200')).total).toBe(3);
});
