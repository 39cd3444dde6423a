import { randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { orderSchema } from '../../shared/domain/index.ts';
import { unwrap } from '../../shared/errors/index.ts';
import { productIds, untilFinished } from '../test-support/orders.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';
import { cleanStore, imageKey, openStore, thumbnailKey } from './index.ts';

const pipeline = usePipeline();

test('what no render names goes after a day; what is published, young or another database’s stays', async () => {
  const client = await pipeline().as('operator@kugelwerk.example');
  const { database } = pipeline().running;
  const body = { product_ids: await productIds(client, 'query=6205&limit=2'), output_type_name: 'Thumbnail' };
  await untilFinished(client, (await client.change(orderSchema, 'POST', '/orders', body)).number);
  const [tenant] = await database.listTenants();
  const tenantId = tenant?.id ?? '';
  const store = await openStore({ kind: 'directory', path: pipeline().files }, database);
  const [bytes, thumbnail] = [Buffer.from('image'), Buffer.from('thumbnail')];
  const leave = async (owner: string): Promise<string> => {
    const key = imageKey({ id: randomUUID(), tenantId: owner }, { bytes, thumbnail, format: 'png' });
    unwrap(await store.write(key, bytes));
    unwrap(await store.write(thumbnailKey(key), thumbnail));
    return key;
  };
  const [old, foreign] = [await leave(tenantId), await leave(randomUUID())];
  const kept: string[] = [];
  for await (const { key } of store.list(tenantId)) {
    if (!key.startsWith(old)) kept.push(key);
    await utimes(path.join(pipeline().files, key), 0, 0);
  }
  kept.push(await leave(tenantId));
  await utimes(path.join(pipeline().files, foreign), 0, 0);
  expect(kept).toHaveLength(5);
  expect(await cleanStore(database, store, true)).toEqual({ images: 2, bytes: 14 });
  expect(unwrap(await store.read(old)).equals(bytes)).toBe(true);
  expect(await cleanStore(database, store, false)).toEqual({ images: 2, bytes: 14 });
  expect(await store.read(old)).toMatchObject({ ok: false });
  for (const key of [...kept, foreign]) unwrap(await store.read(key));
});
