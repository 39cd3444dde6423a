import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client as Postgres } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { orderSchema, type Order } from '../../shared/domain/index.ts';
import { unwrap } from '../../shared/errors/index.ts';
import { backup } from '../commands/backup.ts';
import { restore } from '../commands/restore.ts';
import type { Connection } from '../db/index.ts';
import { SAMPLE_PASSWORD } from '../seed/index.ts';
import { administer } from '../server/administer.ts';
import { openLog } from '../server/log.ts';
import { startPipeline, type RunningPipeline } from '../server/pipeline.ts';
import { openStore, readLocation, thumbnailKey, type StoreLocation } from '../store/index.ts';
import { createClient, type Client } from '../test-support/client.ts';
import { productIds, untilFinished } from '../test-support/orders.ts';
import { S3_CREDENTIALS, startS3Server, type S3Server } from '../test-support/s3-server.ts';
import { nameServerDatabase } from '../test-support/server-database.ts';
import { tableName } from './manifest.ts';
import { listTables } from './tables.ts';

// Several pipelines start here, each with a database of its own.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const log = openLog('error');
const OPERATOR = 'operator@kugelwerk.example';
let root: string;
let s3: S3Server;
const at = (name: string): string => path.join(root, name);

beforeAll(async () => {
  for (const [name, value] of Object.entries(S3_CREDENTIALS)) vi.stubEnv(name, value);
  root = await mkdtemp(path.join(os.tmpdir(), 'rd-backup-'));
  s3 = await startS3Server();
});
afterAll(async () => {
  await s3.stop();
  await rm(root, { recursive: true, force: true });
});

const said: string[] = [];
const tools = { log, print: (line: string) => said.push(line), say: () => undefined };
const inDirectory = (name: string): StoreLocation => ({ kind: 'directory', path: path.join(at(name), 'files') });

async function serve(name: string, workers: number, files = inDirectory(name)): Promise<RunningPipeline> {
  return await startPipeline(
    {
      port: 0,
      host: '127.0.0.1',
      database: { kind: 'embedded', dataDir: at(name) },
      files,
      seed: 'sample',
      workers,
      exitWithParent: false,
      sampleImages: false,
    },
    log,
  );
}

const originOf = ({ port }: RunningPipeline): string => `http://127.0.0.1:${port}`;
const signIn = (running: RunningPipeline): Promise<Client> =>
  createClient(originOf(running)).signIn(OPERATOR, SAMPLE_PASSWORD);

async function order(client: Client, query: string, key?: string): Promise<Order> {
  const body = { product_ids: await productIds(client, query), output_type_name: 'Thumbnail' };
  const answer = await client.call('POST', '/orders', { body, ...(key === undefined ? {} : { key }) });
  return orderSchema.parse(answer.body);
}

/** A hash of all rows of each table. */
async function contents(admin: Connection): Promise<Map<string, unknown>> {
  const client = new Postgres(admin);
  await client.connect();
  const found = new Map<string, unknown>();
  await client.query('SET timezone = UTC');
  for (const table of await listTables(client)) {
    const answer = await client.query<object>(
      `SELECT count(*)::int AS rows, md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")) AS hash FROM ${tableName(table)} t`,
    );
    found.set(tableName(table), answer.rows[0]);
  }
  await client.end();
  return found;
}

async function rowsOf<T extends object>(name: string, text: string): Promise<T[]> {
  return await administer({ kind: 'embedded', dataDir: at(name) }, log, async ({ connections }) => {
    const client = new Postgres(connections.admin ?? {});
    await client.connect();
    const answer = await client.query<T>(text);
    await client.end();
    return answer.rows;
  });
}

async function eventsSince(
  running: RunningPipeline,
  client: Client,
  since: number,
): Promise<{ type: string; seq: number }[]> {
  const socket = new WebSocket(`${originOf(running).replace('http', 'ws')}/api/events?since=${since}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  const events: { type: string; seq: number }[] = [];
  socket.on('message', (data) => events.push(JSON.parse(String(data)) as { type: string; seq: number }));
  await vi.waitUntil(() => events.length >= 2, 10_000);
  socket.close();
  return events;
}

test('taken while orders are made and rendered, it is restored whole, goes on and repeats nothing', async () => {
  const first = await serve('a', 1);
  const client = await signIn(first);
  const long = await order(client, 'category=Kugellager&limit=60', 'the-key');
  await vi.waitUntil(async () => (await client.read(orderSchema, `/orders/${long.id}`)).lines.done > 3, 30_000);
  let busy = true;
  const making = (async () => {
    while (busy) await order(client, 'query=6205&limit=2');
  })();
  await backup([at('busy.backup'), '--data', at('a')], tools);
  busy = false;
  await making;
  await first.stop();
  expect((await stat(at('busy.backup'))).mode & 0o777).toBe(0o600);

  await restore([at('busy.backup'), '--data', at('b'), '--files', s3.files('b')], tools);
  const orders = await rowsOf<{ number: string }>('b', 'SELECT number FROM rd.orders ORDER BY number');
  expect(
    await rowsOf(
      'b',
      `SELECT number FROM rd.orders o WHERE lines_total <> (SELECT count(*) FROM rd.order_lines l WHERE l.order_id = o.id)
      OR lines_done <> (SELECT count(*) FROM rd.order_lines l WHERE l.order_id = o.id AND l.status = 'done')`,
    ),
  ).toEqual([]);

  const files = unwrap(readLocation(s3.files('b')));
  const second = await serve('b', 2, files);
  expect((await createClient(originOf(second), client.token).get('/me')).status).toBe(401);
  const back = await signIn(second);
  const ended = await untilFinished(back, long.number, 60_000);
  expect(ended.lines).toMatchObject({ total: long.lines.total, queued: 0, running: 0, cancelled: 0 });
  expect(ended.lines.done).toBeGreaterThan(3);
  expect(await order(back, 'category=Kugellager&limit=60', 'the-key')).toMatchObject({ id: long.id });
  const next = await order(back, 'query=6205&limit=1');
  expect(next.number > (orders.at(-1)?.number ?? '')).toBe(true);
  expect((await untilFinished(back, next.number)).status).toBe('done');
  const images = await second.database.listTenants();
  const store = await openStore(files, second.database);
  const keys = await rowsOf<{ image_key: string }>('b', 'SELECT image_key FROM rd.renders WHERE image_key IS NOT NULL');
  expect(keys.length).toBeGreaterThan(long.lines.done);
  for (const { image_key: key } of keys) for (const one of [key, thumbnailKey(key)]) unwrap(await store.read(one));
  expect(images.length).toBe(2);
  const events = await eventsSince(second, back, 40);
  expect(events.map(({ type }) => type)).toEqual(['hello', 'reload']);
  expect(events[0]?.seq).toBeGreaterThan(1_000_000_000);
  const answer = await back.call('POST', '/query', { body: { sql: 'SELECT count(*)::int FROM materials' }, key: null });
  expect(answer).toMatchObject({ status: 200 });
  await second.stop();
});

test('row for row and byte for byte, into a data directory and, where there is one, a server’s database', async () => {
  const before = await administer({ kind: 'embedded', dataDir: at('a') }, log, ({ connections }) =>
    contents(connections.admin ?? connections.api),
  );
  await backup([at('still.backup'), '--data', at('a')], tools);
  const targets: { kind: 'embedded' | 'server'; args: string[] }[] = [{ kind: 'embedded', args: ['--data', at('c')] }];
  const server = nameServerDatabase();
  if (server !== null) {
    for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
    targets.push({ kind: 'server', args: ['--database-url', server.url] });
  }
  for (const { kind, args } of targets) {
    await restore([at('still.backup'), ...args], tools);
    const target = kind === 'server' ? { kind, url: server?.url ?? '' } : { kind, dataDir: at('c') };
    await administer(target, log, async (database) => {
      const after = await contents(database.connections.admin ?? database.connections.api);
      for (const [name, rows] of before)
        if (name !== 'rd.event_counters') expect([name, after.get(name)]).toEqual([name, rows]);
      const store = await openStore(kind === 'server' ? { kind: 'postgres' } : inDirectory('c'), database);
      const original = await openStore(inDirectory('a'), database);
      let images = 0;
      for (const { id } of await database.listTenants()) {
        for await (const { key } of original.list(id)) {
          const [one, other] = [await original.read(key), await store.read(key)];
          // What a render left that was done again is in nobody's backup.
          if (!other.ok) continue;
          expect(unwrap(one).equals(other.value)).toBe(true);
          images += 1;
        }
      }
      expect(images).toBe(
        2 * Number((await rowsOf<{ n: string }>('a', 'SELECT count(image_key) AS n FROM rd.renders'))[0]?.n),
      );
    });
    await expect(restore([at('still.backup'), ...args], tools)).rejects.toThrow(/not empty/);
  }
  await server?.drop();
});

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 2000), /cut short/],
  [
    'with one bit changed',
    (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 9000 ? byte ^ 1 : byte))),
    /damaged/,
  ],
  ['of something else', () => Buffer.from('PK zip'), /not a backup/],
  ['empty', () => Buffer.alloc(0), /not a backup/],
])('a backup %s is refused before anything is written', async (_name, change, message) => {
  await writeFile(at('bad.backup'), change(await readFile(at('still.backup'))));
  await expect(restore([at('bad.backup'), '--data', at('bad')], tools)).rejects.toThrow(message);
  await expect(stat(at('bad'))).rejects.toThrow();
});

test('a backup overwrites nothing, and one of images that are elsewhere is refused', async () => {
  await copyFile(at('still.backup'), at('kept.backup'));
  await expect(backup([at('kept.backup'), '--data', at('a')], tools)).rejects.toThrow(/there already/);
  const elsewhere = ['--data', at('a'), '--files', at('elsewhere')];
  await expect(backup([at('no.backup'), ...elsewhere], tools)).rejects.toThrow(/Give --files as/);
  await expect(stat(at('no.backup'))).rejects.toThrow();
  await expect(backup([at('nowhere/x'), '--data', at('a')], tools)).rejects.toMatchObject({ code: 'ENOENT' });
});
