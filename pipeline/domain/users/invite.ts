import { eq, isNull, sql } from 'drizzle-orm';
import type { NewUserRequest, UserWithCode } from '../../../shared/domain/index.ts';
import { fail, failure, FailureError, ok, unwrap, type Failure, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { issueCode } from '../accounts/index.ts';
import type { ChangeContext } from '../context.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { getUser } from './list.ts';

const { users } = schema;
/** Invitations that nobody has taken up, for one tenant at a time. */
const MOST_OPEN = 500;

/**
 * Works out the invitation of somebody new. Other tenants are not looked at: whether the address signs in elsewhere
 * shows only to whoever takes the invitation up (decision 0056).
 */
export async function planInvitation(
  { tx, actor }: ChangeContext,
  invited: NewUserRequest,
): Promise<Result<Plan<UserWithCode>>> {
  const [known] = await tx
    .select({ id: users.id })
    .from(users)
    .where(sql`lower(${users.email}) = ${invited.email}`);
  if (known !== undefined) return { ok: false, failure: alreadyThere(invited.email) };
  const open = await tx.$count(users, isNull(users.joinedAt));
  if (open >= MOST_OPEN) {
    return fail(
      'state_conflict',
      `${open} invitations are open, which is the most there may be. Disable old ones first.`,
    );
  }
  const { email, name, role } = invited;
  return ok({
    effect: {
      summary: `Invite ${name} <${email}> as ${role}`,
      counts: { users: 1 },
      sample: [{ id: email, label: name, note: role }],
    },
    snapshot: snapshotOf('invite', email, name, role),
    execute: async () => {
      const user = { tenantId: actor.tenantId, email, name, role, joinedAt: null };
      const [made] = await tx.insert(users).values(user).onConflictDoNothing().returning();
      // Invited by somebody else at the same moment.
      if (made === undefined) throw new FailureError(alreadyThere(email));
      return await withNewCode(tx, made);
    },
  });
}

function alreadyThere(email: string): Failure {
  return failure('state_conflict', `${email} is a user of your company already. Change or enable that user instead.`);
}

/** The user with a new one-time code. */
export async function withNewCode(tx: Tx, user: { id: string; tenantId: string }): Promise<UserWithCode> {
  const code = await issueCode(tx, user);
  return { user: unwrap(await getUser(tx, user.id)), code };
}

/** Makes a user without a password in a new or known tenant; null where the tenant has that address already. */
export async function inviteUser(
  tx: Tx,
  user: NewUserRequest & { tenantId: string },
): Promise<{ id: string; code: string } | null> {
  const [taken] = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      sql`lower(${users.email}) = ${user.email} AND (${users.joinedAt} IS NOT NULL OR ${eq(users.tenantId, user.tenantId)})`,
    );
  if (taken !== undefined) return null;
  const [made] = await tx
    .insert(users)
    .values({ ...user, joinedAt: null })
    .returning();
  if (made === undefined) throw new Error('No user was made.');
  return { id: made.id, code: await issueCode(tx, made) };
}
