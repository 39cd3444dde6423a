import { eq, sql } from 'drizzle-orm';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Database } from '../../db/index.ts';
import type { Bearer } from './bearer.ts';
import { dropCode } from './codes.ts';
import { checkNewPassword } from './new-password.ts';
import { checkPassword, hashPassword } from './secrets.ts';
import { revokeTokensOf } from './tokens.ts';

const { users } = schema;

/** Changes the bearer's own password, which needs the old one, and signs them out everywhere else. */
export async function changeOwnPassword(
  database: Database,
  bearer: Bearer,
  change: { old_password: string; new_password: string },
): Promise<Result<null>> {
  const [user] = await database.withTenant(bearer.tenantId, (tx) =>
    tx.select().from(users).where(eq(users.id, bearer.userId)),
  );
  if (user === undefined || !(await checkPassword(change.old_password, user.passwordHash))) {
    return fail('wrong_credentials', 'The old password is wrong.', {
      fields: [{ field: 'old_password', message: 'is not your password' }],
    });
  }
  const good = checkNewPassword(change.new_password, user.email, 'new_password');
  if (!good.ok) return good;
  const passwordHash = await hashPassword(change.new_password);
  return await database.withTenant(bearer.tenantId, async (tx) => {
    // Unless an admin reset it in between.
    const changed = await tx
      .update(users)
      .set({ passwordHash })
      .where(sql`${users.id} = ${user.id} AND ${users.passwordHash} = ${user.passwordHash}`)
      .returning({ id: users.id });
    if (changed.length === 0) return fail('state_conflict', 'The password was changed elsewhere. Sign in again.');
    await dropCode(tx, user.id);
    await revokeTokensOf(tx, user.id, bearer.tokenId);
    return ok(null);
  });
}

/** Signs the bearer out everywhere, here too. */
export async function signOutEverywhere(database: Database, bearer: Bearer): Promise<void> {
  await database.withTenant(bearer.tenantId, (tx) => revokeTokensOf(tx, bearer.userId));
}
