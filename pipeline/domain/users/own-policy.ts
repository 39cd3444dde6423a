import { eq } from 'drizzle-orm';
import type { OwnPolicy } from '../../../shared/domain/index.ts';
import { schema } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { tell } from '../events/outbox.ts';

const { users } = schema;

/** When a change of the assistant asks this user. */
export async function readOwnPolicy({ tx, actor }: Context): Promise<OwnPolicy> {
  const [row] = await tx.select({ policy: users.approvalPolicy }).from(users).where(eq(users.id, actor.userId));
  if (row === undefined) throw new Error('The signed-in user is gone.');
  return row;
}

/** Changes it, and tells every desk that goes by it. */
export async function writeOwnPolicy({ tx, actor }: Context, { policy }: OwnPolicy): Promise<OwnPolicy> {
  await tx.update(users).set({ approvalPolicy: policy }).where(eq(users.id, actor.userId));
  await tell(tx, actor.tenantId, { type: 'config.changed' });
  return { policy };
}
