import { eq, sql } from 'drizzle-orm';
import type { User, UserChange } from '../../../shared/domain/index.ts';
import { ok, unwrap, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import { dropCode, revokeTokensOf, tellAccount } from '../accounts/index.ts';
import type { ChangeContext } from '../context.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { anotherAdmin, notOneself } from './guards.ts';
import { getUser } from './list.ts';
import { findUser, type UserListRow } from './present.ts';

const { users } = schema;

/** Works out a change of somebody's name, role or access; what is left out stays. */
export async function planUserChange(
  context: ChangeContext,
  id: string,
  change: UserChange,
): Promise<Result<Plan<User>>> {
  const { tx } = context;
  const admins = await lockAdminsFirst(context, id, change);
  if (!admins.ok) return admins;
  const found = await findUser(tx, id, context.lock);
  if (!found.ok) return found;
  const user = found.value;
  const allowed = allowedFor(context, user, change);
  if (!allowed.ok) return allowed;
  const wasDisabled = user.status === 'disabled';
  const after = {
    name: change.name ?? user.name,
    role: change.role ?? user.role,
    disabled: change.disabled ?? wasDisabled,
  };
  const words = [
    ...(after.name === user.name ? [] : [`name -> ${after.name}`]),
    ...(after.role === user.role ? [] : [`role ${user.role} -> ${after.role}`]),
    ...(after.disabled === wasDisabled ? [] : [after.disabled ? 'disabled and signed out everywhere' : 'enabled']),
  ];
  return ok({
    effect: {
      summary: `${user.name}: ${words.length === 0 ? 'nothing changes' : words.join(', ')}`,
      counts: { users: words.length === 0 ? 0 : 1 },
      sample: [{ id: user.id, label: user.name, note: user.email }],
    },
    snapshot: snapshotOf('user', user.id, user.name, user.role, user.status, after),
    execute: async () => {
      const disabledAt = after.disabled ? sql`coalesce(${users.disabledAt}, now())` : null;
      await tx.update(users).set({ name: after.name, role: after.role, disabledAt }).where(eq(users.id, id));
      await endAccess(context, user, after.disabled);
      return unwrap(await getUser(tx, id));
    },
  });
}

/** Who may stop being an admin is decided before the one user is locked: all admins first, always in one order. */
async function lockAdminsFirst(context: ChangeContext, id: string, change: UserChange): Promise<Result<null>> {
  if (change.disabled !== true && (change.role === undefined || change.role === 'admin')) return ok(null);
  const found = await findUser(context.tx, id);
  if (!found.ok || found.value.id === context.actor.userId) return ok(null);
  return await anotherAdmin(context, found.value);
}

function allowedFor(context: ChangeContext, user: UserListRow, change: UserChange): Result<null> {
  if (change.role !== undefined && change.role !== user.role) {
    const other = notOneself(context, user, 'change your own role');
    if (!other.ok) return other;
  }
  return change.disabled === true ? notOneself(context, user, 'disable yourself') : ok(null);
}

async function endAccess({ tx }: ChangeContext, user: UserListRow, disabled: boolean): Promise<void> {
  if (!disabled) return await tellAccount(tx, user.id);
  await dropCode(tx, user.id);
  await revokeTokensOf(tx, user.id);
}
