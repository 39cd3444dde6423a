import { sql } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { problemSchema } from '../../shared/errors/index.ts';
import { createClient } from '../test-support/client.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';
import { createHealthCheck } from './health.ts';

const pipeline = usePipeline({ workers: 0 });

afterEach(() => {
  delete process.env['RENDERDESK_METRICS_TOKEN'];
});

test('health says that it is ready, and that it lives', async () => {
  const client = createClient(pipeline().origin);
  expect(await client.get('/health')).toMatchObject({
    status: 200,
    body: { status: 'ok', checks: { database: 'ok', schema: 'ok', queue: 'ok' } },
  });
  expect((await client.get('/health/live')).body).toEqual({ status: 'ok' });
});

test('health names what is missing', async () => {
  const log = { warn: () => undefined } as never;
  const check = (level: () => Promise<{ migration: string | null; queues: number }>) =>
    createHealthCheck({ database: { level } as never, log })();
  const old = await check(() => Promise.resolve({ migration: '0001_schema.sql', queues: 3 }));
  expect(old).toMatchObject({ failure: { code: 'unavailable', details: { check: 'schema' } } });
  const empty = await check(() => Promise.resolve({ migration: '9999_later.sql', queues: 0 }));
  expect(empty).toMatchObject({ failure: { details: { check: 'queue' } } });
  const down = await check(() => Promise.reject(new Error('connection refused')));
  expect(down).toMatchObject({ failure: { details: { check: 'database' } } });
  const hung = await check(() => new Promise(() => undefined));
  expect(hung).toMatchObject({ failure: { details: { check: 'database' } } });
});

test('metrics count requests by template and name nobody', async () => {
  const operator = await pipeline().as('operator@kugelwerk.example');
  await operator.get('/orders/SA-2026-00160');
  await operator.get('/nothing-here');
  await operator.call('POST', '/query', { body: { sql: 'SELECT 1' } });
  await operator.call('POST', '/query', { body: { sql: 'DROP TABLE x' } });
  const answer = await createClient(pipeline().origin).get('/metrics');
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = String(answer.body);
  for (const line of [
    /_count\{route="\/api\/orders\/:ref",method="GET",status="200"\} 1\n/,
    /_count\{route="unmatched",method="GET",status="404"\} 1\n/,
    /renderdesk_query_runs_total\{outcome="ok"\} 1\n/,
    /renderdesk_query_runs_total\{outcome="query_refused"\} 1\n/,
    /renderdesk_database_up 1\n/,
    /renderdesk_database_connections\{pool="api",state="busy"\} \d/,
    /renderdesk_queue_jobs\{queue="render",state="created"\} \d/,
    /renderdesk_outbox_waiting \d/,
    /renderdesk_event_listeners 0\n/,
    /nodejs_eventloop_lag_p99_seconds \d/,
  ]) {
    expect(text).toMatch(line);
  }
  const { database } = pipeline().running;
  for (const { id, name } of await database.listTenants()) {
    expect(text).not.toContain(name);
    expect(text).not.toContain(id);
  }
  expect(text).not.toContain('SA-2026');
});

test('from elsewhere the metrics need their token', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  const operator = await pipeline().as('operator@kugelwerk.example');
  const ask = (token: string | null) =>
    createClient(pipeline().origin, token).call('GET', '/metrics', { headers: forwarded });
  process.env['RENDERDESK_METRICS_TOKEN'] = '';
  for (const token of [null, operator.token]) {
    const refused = await ask(token);
    expect([refused.status, problemSchema.parse(refused.body).code]).toEqual([401, 'unauthorized']);
  }
  process.env['RENDERDESK_METRICS_TOKEN'] = 'scrape-me';
  expect((await ask('wrong')).status).toBe(401);
  expect((await ask('scrape-me')).status).toBe(200);
});

test('the outbox is counted over all tenants', async () => {
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  const seen = await database.withTenant(tenant?.id ?? '', async (tx) => {
    const event = JSON.stringify({ type: 'config.changed' });
    await tx.execute(sql`INSERT INTO rd.outbox (tenant_id, event) VALUES (${tenant?.id}, ${event}::jsonb)`);
    return (await tx.execute<{ waiting: string }>(sql`SELECT waiting FROM rd.outbox_backlog()`)).rows[0];
  });
  expect(Number(seen?.waiting)).toBeGreaterThan(0);
});
