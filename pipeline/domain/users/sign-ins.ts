import { eq } from 'drizzle-orm';
import type { User, UserWithCode } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import { revokeTokensOf } from '../accounts/index.ts';
import type { ChangeContext } from '../context.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { notOneself } from './guards.ts';
import { withNewCode } from './invite.ts';
import { findUser, presentUser } from './present.ts';

const { users } = schema;

/** Works out a new one-time code: password and sign-ins of the user end, and the code sets a new password. */
export async function planPasswordReset(context: ChangeContext, id: string): Promise<Result<Plan<UserWithCode>>> {
  const { tx, actor } = context;
  const found = await findUser(tx, id, context.lock);
  if (!found.ok) return found;
  const user = found.value;
  const other = notOneself(context, user, 'reset your own password; change it with the old one');
  if (!other.ok) return other;
  if (user.status === 'disabled') return fail('state_conflict', `${user.name} is disabled. Enable the user first.`);
  const invited = user.status === 'invited';
  return ok({
    effect: {
      summary: invited
        ? `A new invitation code for ${user.name}, in the place of the earlier one`
        : `Password of ${user.name} ends, with every sign-in; a one-time code sets a new one`,
      counts: { users: 1 },
      sample: [{ id: user.id, label: user.name, note: user.email }],
    },
    snapshot: snapshotOf('reset', user.id, user.status),
    execute: async () => {
      await tx.update(users).set({ passwordHash: null }).where(eq(users.id, id));
      await revokeTokensOf(tx, id);
      return await withNewCode(tx, { id, tenantId: actor.tenantId });
    },
  });
}

/** Works out the end of every sign-in of a user; the password stays. */
export async function planSignOut(context: ChangeContext, id: string): Promise<Result<Plan<User>>> {
  const { tx } = context;
  const found = await findUser(tx, id, context.lock);
  if (!found.ok) return found;
  const user = found.value;
  return ok({
    effect: {
      summary: `${user.name} is signed out everywhere`,
      counts: { users: 1 },
      sample: [{ id: user.id, label: user.name, note: user.email }],
    },
    snapshot: snapshotOf('sign out', user.id),
    execute: async () => {
      await revokeTokensOf(tx, id);
      return presentUser(user);
    },
  });
}
