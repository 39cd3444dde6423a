import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { unwrap } from '../../shared/errors/index.ts';
import { startEmbedded, type EmbeddedPostgres } from '../db/embedded/index.ts';
import { migrate, openDatabase, type Database } from '../db/index.ts';
import { S3_CREDENTIALS, startS3Server, type S3Server } from '../test-support/s3-server.ts';
import { imageKey, openStore, readLocation, thumbnailKey, type ImageStore } from './index.ts';

let directory: string;
let postgres: EmbeddedPostgres;
let database: Database;
let s3: S3Server;
let a: string;
let b: string;

beforeAll(async () => {
  for (const [name, value] of Object.entries(S3_CREDENTIALS)) vi.stubEnv(name, value);
  directory = await mkdtemp(path.join(os.tmpdir(), 'rd-store-'));
  s3 = await startS3Server();
  postgres = await startEmbedded(directory);
  await migrate(postgres.connections);
  database = openDatabase(postgres.connections, (error) => {
    throw error;
  });
  a = (await database.createTenant({ name: 'A', config: {} as never })).id;
  b = (await database.createTenant({ name: 'B', config: {} as never })).id;
});

afterAll(async () => {
  await database.close();
  await postgres.stop();
  await s3.stop();
  await rm(directory, { recursive: true, force: true });
});

interface Kind {
  open: () => Promise<ImageStore>;
  /** Changes one byte of what is kept. */
  damage: (key: string) => Promise<void>;
}

/** Overwrites the file that holds the image, below this directory. */
async function damageFile(root: string, key: string): Promise<void> {
  const files = await readdir(root, { recursive: true });
  const found = files.filter((file) => file.includes(key) && !/thumbnail|metadata|md5/.test(file));
  expect(found.length).toBeGreaterThan(0);
  for (const file of found) await writeFile(path.join(root, file), 'not this');
}

const files = () => path.join(directory, 'files');
const open = (location: string) => openStore(unwrap(readLocation(location)), database);
const kinds: Record<string, Kind> = {
  directory: { open: () => open(files()), damage: (key) => damageFile(files(), key) },
  postgres: {
    open: () => open('postgres:'),
    damage: async (key) => {
      await database.provision(a, (tx) =>
        tx.execute(sql`UPDATE rd.image_chunks SET data = set_byte(data, 0, get_byte(data, 0) # 1)
          WHERE sha256 = (SELECT sha256 FROM rd.image_files WHERE key = ${key}) AND position = 0`),
      );
    },
  },
  s3: { open: () => open(s3.files('some/prefix')), damage: (key) => damageFile(s3.directory, key) },
};

function image(tenantId: string, size = 700_000, format = 'png') {
  const bytes = randomBytes(size);
  const thumbnail = randomBytes(3000);
  const key = imageKey({ id: randomUUID(), tenantId }, { bytes, thumbnail, format });
  return { key, bytes, thumbnail };
}

async function all(store: ImageStore, tenantId: string) {
  const found = new Map<string, number>();
  for await (const { key, bytes, at } of store.list(tenantId)) {
    expect(Math.abs(Date.now() - at.getTime())).toBeLessThan(60_000);
    found.set(key, bytes);
  }
  return found;
}

describe.each(Object.entries(kinds))('the store in %s', (_name, kind) => {
  test('gives back what it was given, lists it by tenant, and deletes it', async () => {
    const store = await kind.open();
    expect(await store.check('write')).toMatchObject({ ok: true });
    expect(await store.check('read')).toMatchObject({ ok: true });
    const [one, other] = [image(a), image(b, 0, 'webp')];
    for (const { key, bytes, thumbnail } of [one, other]) {
      expect(await store.write(key, bytes)).toMatchObject({ ok: true });
      expect(await store.write(thumbnailKey(key), thumbnail)).toMatchObject({ ok: true });
      expect(await store.write(key, bytes)).toMatchObject({ ok: true });
      expect(unwrap(await store.read(key)).equals(bytes)).toBe(true);
      expect(unwrap(await store.read(thumbnailKey(key))).equals(thumbnail)).toBe(true);
    }
    expect(await all(store, a)).toEqual(
      new Map([
        [one.key, 700_000],
        [thumbnailKey(one.key), 3000],
      ]),
    );
    expect([...(await all(store, b)).keys()].sort()).toEqual([other.key, thumbnailKey(other.key)]);
    await expect(store.remove(b, [one.key])).rejects.toThrow(/another tenant/);
    await store.remove(a, [one.key, thumbnailKey(one.key), image(a).key]);
    await store.remove(b, [...(await all(store, b)).keys()]);
    expect(await store.read(one.key)).toMatchObject({ ok: false, failure: { code: 'image_lost' } });
    expect([await all(store, a), await all(store, b)]).toEqual([new Map(), new Map()]);
    await store.close();
  });

  test('notices damage instead of handing it out', async () => {
    const store = await kind.open();
    const { key, bytes, thumbnail } = image(a);
    unwrap(await store.write(key, bytes));
    unwrap(await store.write(thumbnailKey(key), thumbnail));
    await kind.damage(key);
    expect(await store.read(key)).toMatchObject({ ok: false, failure: { message: /damaged. Render it again/ } });
    expect(unwrap(await store.read(thumbnailKey(key))).equals(thumbnail)).toBe(true);
    await store.remove(a, [key, thumbnailKey(key)]);
    await store.close();
  });

  test('takes only keys of our making, with their own bytes, and many at once', async () => {
    const store = await kind.open();
    await expect(store.write('../../etc/passwd', Buffer.from('x'))).rejects.toThrow(/Not a key/);
    await expect(store.read(`${a}/00/../../x`)).rejects.toThrow(/Not a key/);
    await expect(store.write(image(a).key, Buffer.from('others'))).rejects.toThrow(/Not the bytes/);
    const many = Array.from({ length: 40 }, () => image(a, 5000));
    await Promise.all([...many, ...many].map(async ({ key, bytes }) => unwrap(await store.write(key, bytes))));
    expect((await all(store, a)).size).toBe(40);
    const read = await Promise.all(many.map(({ key }) => store.read(key)));
    expect(read.every((found, index) => unwrap(found).equals(many[index]?.bytes ?? Buffer.alloc(0)))).toBe(true);
    await store.remove(a, [...(await all(store, a)).keys()]);
    await store.close();
  });
});

test('the database keeps the same bytes once for a tenant, until nothing names them', async () => {
  const store = await open('postgres:');
  const { bytes, thumbnail } = image(a);
  const keys = [a, a, b].map((tenantId) =>
    imageKey({ id: randomUUID(), tenantId }, { bytes, thumbnail, format: 'png' }),
  );
  for (const key of keys) unwrap(await store.write(key, bytes));
  const contents = async (tenant: string) => {
    const count = sql`SELECT count(*)::int AS n FROM rd.image_contents`;
    return (await database.provision(tenant, (tx) => tx.execute<{ n: number }>(count))).rows[0]?.n;
  };
  expect([await contents(a), await contents(b)]).toEqual([1, 1]);
  await store.remove(a, keys.slice(0, 1));
  expect(unwrap(await store.read(keys[1] ?? '')).equals(bytes)).toBe(true);
  await store.remove(a, keys.slice(1, 2));
  await store.remove(b, keys.slice(2));
  expect([await contents(a), await contents(b)]).toEqual([0, 0]);
});

test.each([
  ['no-such-bucket', S3_CREDENTIALS, /no such bucket/],
  ['images', { AWS_ACCESS_KEY_ID: 'wrong', AWS_SECRET_ACCESS_KEY: 'canary-secret' }, /access key is not known/],
])('a bucket that cannot be used is told at the start: %s, %j', async (bucket, credentials, message) => {
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value);
  const store = await open(s3.files('x', bucket));
  const answer = await store.check('write');
  expect(answer).toMatchObject({ ok: false, failure: { code: 'storage_unavailable', message } });
  expect(JSON.stringify(answer)).not.toContain('canary-secret');
  for (const [name, value] of Object.entries(S3_CREDENTIALS)) vi.stubEnv(name, value);
  await store.close();
});

test('a server that does not answer is told in a sentence', async () => {
  const store = await open('s3://images/x?region=eu-central-1&endpoint=http://127.0.0.1:9&path_style=true');
  expect(await store.check('read')).toMatchObject({ ok: false, failure: { message: /nothing answers there/ } });
  await store.close();
});

test.each([
  ['ftp://somewhere', /no place for images/],
  ['s3://', /bucket/],
  ['s3://AKIA:secret@images/x', /do not belong in the address/],
  ['s3://images/x?endpoint=http://storage.example', /must be https|https address/],
  ['s3://images/x?colour=red', /colour is not known/],
  ['s3://images/x?path_style=yes', /true or false/],
])('%s is refused', (text, message) => {
  expect(readLocation(text)).toMatchObject({ ok: false, failure: { message } });
});
