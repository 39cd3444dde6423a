import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { chatSessionSchema, pageOf, selectionSchema } from '../../../shared/domain/index.ts';
import { messageOf } from '../../test-support/requests.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';
import { sweepTenant } from './index.ts';

const pipeline = usePipeline({ workers: 0 });

test('what is older than its time goes, what is not stays', async () => {
  const operator = await pipeline().as('operator@kugelwerk.example');
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  const tenantId = tenant?.id ?? '';
  const [old, young] = [randomUUID(), randomUUID()];
  for (const session of [old, young]) {
    await operator.call('PUT', `/chat/messages/${randomUUID()}`, { body: messageOf(session), key: `key-${session}` });
  }
  const body = { filter: { category: 'Kugellager' } };
  const expired = await operator.change(selectionSchema, 'POST', '/selections', body);
  const kept = await operator.change(selectionSchema, 'POST', '/selections', body);
  await database.provision(tenantId, async (tx) => {
    await tx.execute(sql`UPDATE rd.chat_sessions SET updated_at = now() - interval '366 days' WHERE id = ${old}`);
    await tx.execute(
      sql`UPDATE rd.idempotency_keys SET created_at = now() - interval '31 days' WHERE key = ${`key-${old}`}`,
    );
    await tx.execute(sql`UPDATE rd.selections SET expires_at = now() WHERE id = ${expired.id}`);
  });
  await sweepTenant(database, tenantId);
  const sessions = await operator.read(pageOf(chatSessionSchema), '/chat/sessions');
  expect(sessions.items.map(({ session_id }) => session_id)).toEqual([young]);
  expect((await operator.get(`/idempotency/key-${old}`)).status).toBe(404);
  expect((await operator.get(`/idempotency/key-${young}`)).status).toBe(200);
  expect((await operator.get(`/selections/${expired.id}`)).status).toBe(404);
  expect((await operator.get(`/selections/${kept.id}`)).status).toBe(200);
});
