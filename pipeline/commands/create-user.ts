import { z } from 'zod';
import { emailSchema, personNameSchema, roleSchema } from '../../shared/domain/index.ts';
import { failure, FailureError, unwrap } from '../../shared/errors/index.ts';
import type { Database } from '../db/index.ts';
import { checkNewPassword, hashPassword } from '../domain/accounts/index.ts';
import { isUniqueViolation } from '../domain/sql.ts';
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
  name: personNameSchema,
  role: roleSchema,
});

/** `create-user`: somebody who can sign in for a tenant, with a password from the terminal or from stdin. */
export async function createUser(args: readonly string[], { log, print, say }: CommandTools): Promise<void> {
  const { tenant, email, name, role, ...given } = readArguments(args, schema, CREATE_USER_USAGE);
  const target = readTarget(given, CREATE_USER_USAGE);
  await administer(target, log, async (database) => {
    const { id: tenantId } = await namedTenant(database, tenant);
    const password = await readPassword(process.stdin, say);
    unwrap(checkNewPassword(password, email, 'password'));
    const passwordHash = await hashPassword(password);
    await unlessTaken(email, () => database.createUser({ tenantId, email, name, role, passwordHash }));
    print(`user ${email} made, ${role} of ${tenant}`);
  });
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
    throw new FailureError(failure('state_conflict', `${email} belongs to a user already. Nothing was changed.`));
  }
}
