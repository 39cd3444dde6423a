import { describe, expect, test } from 'vitest';
import { dryRunSchema, meSchema, tenantConfigSchema } from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import { SAMPLE_PASSWORD } from '../../seed/index.ts';
import { createClient } from '../../test-support/client.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });

function codeOf(body: unknown): string {
  return problemSchema.parse(body).code;
}

describe('signing in and out', () => {
  test('a wrong password and an unknown address answer alike', async () => {
    const client = createClient(pipeline().origin);
    for (const email of ['operator@kugelwerk.example', 'nobody@kugelwerk.example']) {
      const answer = await client.call('POST', '/auth/login', { body: { email, password: 'wrong' }, key: null });
      expect([answer.status, codeOf(answer.body)]).toEqual([401, 'wrong_credentials']);
    }
  });

  test('guessing is slowed down, for that address only', async () => {
    const client = createClient(pipeline().origin);
    const guess = () =>
      client.call('POST', '/auth/login', { body: { email: 'viewer@nordlager.example', password: 'guess' }, key: null });
    const guesses = [];
    for (let index = 0; index < 10; index += 1) guesses.push((await guess()).status);
    expect(new Set(guesses)).toEqual(new Set([401]));
    const refused = await guess();
    expect([refused.status, codeOf(refused.body)]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
    await expect(client.signIn('admin@nordlager.example', SAMPLE_PASSWORD)).resolves.toMatchObject({});
  });

  test('a token ends with the sign-out, at once, and only that token', async () => {
    const { origin } = pipeline();
    const first = await createClient(origin).signIn('Operator@Kugelwerk.example', SAMPLE_PASSWORD);
    const second = await createClient(origin).signIn('operator@kugelwerk.example', SAMPLE_PASSWORD);
    expect(await first.read(meSchema, '/me')).toMatchObject({
      user: { role: 'operator' },
      tenant: { name: 'Kugelwerk', ai_enabled: true },
    });
    expect((await first.call('POST', '/auth/logout', { key: null })).status).toBe(200);
    expect((await first.get('/me')).status).toBe(401);
    expect((await second.get('/me')).status).toBe(200);
  });

  test('nothing of a password or token is stored as it is', async () => {
    const { database } = pipeline().running;
    const client = await createClient(pipeline().origin).signIn('operator@kugelwerk.example', SAMPLE_PASSWORD);
    const [tenant] = await database.listTenants();
    const stored = await database.provision(tenant?.id ?? '', async (tx) => [
      await tx.select().from(schema.users),
      await tx.select().from(schema.tokens),
    ]);
    const text = JSON.stringify(stored);
    expect(text).toContain('scrypt$');
    expect(text).not.toContain(SAMPLE_PASSWORD);
    expect(text).not.toContain(client.token);
  });
});

describe('the tenant’s settings', () => {
  test('a change is shown first, then made; what is left out stays', async () => {
    const admin = await pipeline().as('admin@kugelwerk.example');
    const before = await admin.read(tenantConfigSchema, '/tenant/config');
    const body = { time_zone: 'Europe/Vienna' };
    const shown = dryRunSchema.parse(
      (await admin.call('PUT', '/tenant/config?dry_run=true', { body, key: null })).body,
    );
    expect(shown.effect.summary).toBe('Tenant settings: time zone "Europe/Berlin" -> "Europe/Vienna"');
    expect(await admin.read(tenantConfigSchema, '/tenant/config')).toEqual(before);
    const path = `/tenant/config?snapshot=${shown.snapshot}`;
    expect(await admin.change(tenantConfigSchema, 'PUT', path, body)).toEqual({ ...before, ...body });
    const again = await admin.call('PUT', path, { body: { time_zone: 'Europe/Berlin' } });
    expect(codeOf(again.body)).toBe('snapshot_changed');
  });

  test.each([
    [{ time_zone: 'Mars/Olympus' }, 'validation_failed', 'time_zone'],
    [
      { model: { endpoint: 'http://example.com', deployment: 'gpt', api_version: null } },
      'insecure_endpoint',
      'model.endpoint',
    ],
    [{ api_key: 'sk-1' }, 'validation_failed', 'api_key'],
  ])('%j is refused as %s', async (body, code, field) => {
    const admin = await pipeline().as('admin@kugelwerk.example');
    const refused = problemSchema.parse((await admin.call('PUT', '/tenant/config', { body })).body);
    expect(refused).toMatchObject({ code, errors: [{ field }] });
  });
});
