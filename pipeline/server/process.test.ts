import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loginAnswerSchema, orderSchema } from '../../shared/domain/index.ts';
import { createClient, type Client } from '../test-support/client.ts';
import { productIds, untilFinished } from '../test-support/orders.ts';

// Whole programs start, several times: give a busy machine the time it takes.
vi.setConfig({ testTimeout: 90_000 });

const ENTRY = path.resolve(import.meta.dirname, '../index.ts');
let data: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'rd-process-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await exitOf(child);
  }
  await rm(data, { recursive: true, force: true });
});

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

interface Started {
  child: ChildProcess;
  lines: string[];
  origin: string;
}

async function start(...more: string[]): Promise<Started> {
  const args = [ENTRY, '--port', '0', '--data', data, '--no-sample-images', ...more];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, RENDERDESK_LOG_LEVEL: 'error' },
  });
  children.push(child);
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  const first = await new Promise<string>((resolve, reject) => {
    output.on('line', (line) => {
      lines.push(line);
      resolve(line);
    });
    child.once('exit', (code) => {
      reject(new Error(`exited with ${code}`));
    });
  });
  return { child, lines, origin: first.replace('pipeline listening on ', '') };
}

/** Signs in as a process of this machine that can read the data directory. */
async function signInLocally(origin: string): Promise<Client> {
  const { secret } = JSON.parse(await readFile(path.join(data, 'run.json'), 'utf8')) as { secret: string };
  const answer = await createClient(origin).call('POST', '/auth/local', { body: { secret }, key: null });
  return createClient(origin, loginAnswerSchema.parse(answer.body).token);
}

test('says where it listens first, then the sample users; a second start on its data is told off', async () => {
  const { child, lines, origin } = await start('--seed', 'sample');
  expect(lines[0]).toMatch(/^pipeline listening on http:\/\/127\.0\.0\.1:\d+$/);
  const client = await signInLocally(origin);
  expect((await client.get('/me')).body).toMatchObject({
    user: { role: 'operator', email: 'operator@kugelwerk.example' },
  });
  expect(lines.some((line) => line.startsWith('sample user operator@kugelwerk.example'))).toBe(true);
  expect((await stat(path.join(data, 'run.json'))).mode & 0o777).toBe(0o600);
  const wrong = await createClient(origin).call('POST', '/auth/local', { body: { secret: 'guess' }, key: null });
  expect(wrong.status).toBe(401);
  const second = spawn(process.execPath, [ENTRY, '--port', '0', '--data', data], { stdio: 'ignore' });
  expect(await exitOf(second)).toBe(2);
  expect((await client.get('/health')).status).toBe(200);
  child.kill('SIGTERM');
  expect(await exitOf(child)).toBe(0);
  await expect(stat(path.join(data, 'run.json'))).rejects.toThrow();
});

test('killed in the middle of an order, it goes on to the order’s end, every image once', async () => {
  const first = await start('--seed', 'sample');
  const client = await signInLocally(first.origin);
  const body = {
    product_ids: await productIds(client, 'category=Rillenkugellager&limit=60'),
    output_type_name: 'Web Standard',
    render_overrides: { width: 400, height: 400 },
    material_override: 'Steel-Bare',
  };
  const order = await client.change(orderSchema, 'POST', '/orders', body);
  let progress = order;
  while (progress.lines.done < 10) progress = await client.read(orderSchema, `/orders/${order.id}`);
  expect(progress.lines.queued + progress.lines.running).toBeGreaterThan(0);
  first.child.kill('SIGKILL');
  await exitOf(first.child);

  const again = await start('--seed', 'sample');
  expect(again.lines).toHaveLength(1);
  const back = await signInLocally(again.origin);
  const ended = await untilFinished(back, order.number, 30_000);
  expect(ended).toMatchObject({ status: 'done', lines: { total: 60, done: 60, failed: 0, running: 0 } });
  const files = await back.call('POST', '/query', {
    body: {
      sql: `SELECT count(*)::int, count(DISTINCT line_id)::int FROM renders WHERE order_number = '${order.number}' AND status = 'done'`,
    },
    key: null,
  });
  expect(files.body).toMatchObject({ rows: [[60, 60]] });
});

test('with --exit-with-parent it stops once the desk is gone and nothing is left to do', async () => {
  const { child, origin } = await start('--seed', 'sample', '--exit-with-parent');
  const client = await signInLocally(origin);
  const body = { product_ids: await productIds(client, 'query=6205&limit=4'), output_type_name: 'Thumbnail' };
  await client.change(orderSchema, 'POST', '/orders', body);
  child.stdin?.end();
  expect(await exitOf(child)).toBe(0);
  const again = await start('--seed', 'sample');
  const back = await signInLocally(again.origin);
  expect((await back.read(orderSchema, '/orders/SA-2026-00163')).status).toBe('done');
});

test.each([
  [['--port', 'x', '--data', 'd'], /--port/],
  [['--port', '1'], /--data or --database-url/],
  [['--port', '1', '--data', 'd', '--colour', 'red'], /--colour/],
])('%j is told how to be started', async (args, message) => {
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part) => {
    said += String(part);
  });
  expect(await exitOf(child)).toBe(2);
  expect(said).toMatch(message);
  expect(said).toMatch(/Usage: npm run pipeline/);
});
