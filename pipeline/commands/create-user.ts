import { z } from 'zod';
import { emailSchema, nameSchema, roleSchema } from '../../shared/domain/index.ts';
import { failure, FailureError, unwrap } from '../../shared/errors/index.ts';
import type { Database } from '../db/index.ts';
import { checkNewPassword, hashPassword } from '../domain/accounts/index.ts';
import { isUniqueViolation } from '../domain/sql.ts';
import { inviteUser } from '../domain/users/index.ts';
import { administer } from '../server/administer.ts';
import { readArguments } from '../server/arguments.ts';
import type { CommandTools } from './command.ts';
import { readPassword } from './read-password.ts';
import { readTarget, targetShape } from './target.ts';
import { CREATE_USER_USAGE } from './usage.ts';

const schema = z.object({
  ...targetShape,
  tenant: z.string().trim().min(1),
  email: emailSchema,
  name: nameSchema,
  role: roleSchema,
  invite: z.boolean().default(false),
});

/**
 * `create-user`: somebody who can sign in for a tenant, with a password from the terminal or from stdin. With `--invite`
 * it prints a one-time code instead, with which they set their own.
 */
export async function createUser(args: readonly string[], { log, print, say }: CommandTools): Promise<void> {
  const { tenant, invite, email, name, role, ...given } = readArguments(args, schema, CREATE_USER_USAGE);
  await administer(readTarget(given, CREATE_USER_USAGE), log, async (database) => {
    const user = { tenantId: (await namedTenant(database, tenant)).id, email, name, role };
    if (invite) {
      const made = await database.provision(user.tenantId, (tx) => inviteUser(tx, user));
      if (made === null) throw taken(email);
      print(`user ${email} invited, ${role} of ${tenant}; the code below sets the password, once, within 7 days`);
      print(made.code);
      return;
    }
    const passwordHash = await newPassword(email, say);
    await unlessTaken(email, () => database.createUser({ ...user, passwordHash }));
    print(`user ${email} made, ${role} of ${tenant}`);
  });
}

async function newPassword(email: string, say: CommandTools['say']): Promise<string> {
  const password = await readPassword(process.stdin, say);
  unwrap(checkNewPassword(password, email, 'password'));
  return await hashPassword(password);
}

/** The tenant of that name or id. */
async function namedTenant(database: Database, wanted: string): Promise<{ id: string; name: string }> {
  const tenants = await database.listTenants();
  const found =
    tenants.find(({ name }) => name === wanted) ??
    tenants.find(({ id, name }) => name.toLowerCase() === wanted.toLowerCase() || id === wanted.toLowerCase());
  if (found !== undefined) return found;
  const names = tenants.slice(0, 20).map(({ name }) => name);
  const known =
    names.length === 0 ? 'There is none yet; make one with create-tenant.' : `There are: ${names.join(', ')}.`;
  throw new FailureError(failure('not_found', `There is no tenant "${wanted}". ${known}`));
}

async function unlessTaken<T>(email: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw taken(email);
  }
}

function taken(email: string): FailureError {
  return new FailureError(failure('state_conflict', `${email} belongs to a user already. Nothing was changed.`));
}
