import { sql } from 'drizzle-orm';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { ChangeContext } from '../context.ts';
import type { UserListRow } from './present.ts';

/** Is this about somebody else? What would lock oneself out, another admin does. */
export function notOneself({ actor }: ChangeContext, user: UserListRow, what: string): Result<null> {
  if (user.id !== actor.userId) return ok(null);
  return fail('state_conflict', `You cannot ${what}. Ask another admin of your company.`);
}

/**
 * Is another admin left who can sign in? The tenant's admins are locked in one order, so that two of them cannot take
 * the role from each other at once.
 */
export async function anotherAdmin({ tx, lock }: ChangeContext, user: UserListRow): Promise<Result<null>> {
  const hold = lock ? sql`FOR UPDATE` : sql``;
  const admins = await tx.execute<{ id: string }>(sql`
    SELECT id FROM rd.users WHERE role = 'admin' AND joined_at IS NOT NULL AND disabled_at IS NULL ORDER BY id ${hold}`);
  const left = admins.rows.filter(({ id }) => id !== user.id);
  if (left.length > 0 || !admins.rows.some(({ id }) => id === user.id)) return ok(null);
  return fail('state_conflict', `${user.name} is the last admin who can sign in. Make somebody else an admin first.`);
}
