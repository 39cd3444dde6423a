import { eq, sql } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import type { LoginAnswer } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Database, type Tx } from '../../db/index.ts';
import { isUniqueViolation } from '../sql.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword, hashToken } from './secrets.ts';
import { signedIn, type UserRow } from './sign-in.ts';
import { revokeTokensOf } from './tokens.ts';

const { accountCodes, users } = schema;
/** Long enough to hand it over, short enough to be forgotten in a mailbox. */
const CODE_DAYS = 7;

/** A new one-time code that sets the user's password, in the place of an earlier one. Only its hash is stored. */
export async function issueCode(tx: Tx, user: Pick<UserRow, 'id' | 'tenantId'>): Promise<string> {
  const code = `rdc_${randomBytes(24).toString('base64url')}`;
  const values = {
    codeHash: hashToken(code),
    createdAt: sql`now()`,
    expiresAt: sql`now() + ${`${CODE_DAYS} days`}::interval`,
  };
  await tx
    .insert(accountCodes)
    .values({ userId: user.id, tenantId: user.tenantId, ...values })
    .onConflictDoUpdate({ target: accountCodes.userId, set: values });
  return code;
}

/** Takes back the user's open code, where there is one. */
export async function dropCode(tx: Tx, userId: string): Promise<void> {
  await tx.delete(accountCodes).where(eq(accountCodes.userId, userId));
}

/**
 * Sets the password of the user whose code this is, and signs them in. Whatever is wrong with a code, the answer is the
 * same: nobody learns from it whether its address signs in for another company.
 */
export async function setPassword(database: Database, code: string, password: string): Promise<Result<LoginAnswer>> {
  const codeHash = hashToken(code);
  const [found] = await database.withTokenHash(codeHash, (tx) =>
    tx.select().from(accountCodes).where(eq(accountCodes.codeHash, codeHash)),
  );
  if (found === undefined) return fail('code_unusable');
  const { tenantId } = found;
  const user = await database.withTenant(tenantId, (tx) => openFor(tx, codeHash));
  if (user === null) return fail('code_unusable');
  const good = checkNewPassword(password, user.email, 'password');
  if (!good.ok) return good;
  const passwordHash = await hashPassword(password);
  try {
    return await database.withTenant(tenantId, (tx) => redeem(tx, codeHash, passwordHash));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await database.withTenant(tenantId, (tx) => dropCode(tx, user.id));
    return fail('code_unusable');
  }
}

/** The user whose code is still open; null where it is not. */
async function openFor(tx: Tx, codeHash: string): Promise<UserRow | null> {
  const answer = await tx
    .select({ user: users })
    .from(accountCodes)
    .innerJoin(users, eq(users.id, accountCodes.userId))
    .where(sql`${accountCodes.codeHash} = ${codeHash} AND ${accountCodes.expiresAt} > now()`);
  const user = answer[0]?.user;
  return user === undefined || user.disabledAt !== null ? null : user;
}

async function redeem(tx: Tx, codeHash: string, passwordHash: string): Promise<Result<LoginAnswer>> {
  const [taken] = await tx
    .delete(accountCodes)
    .where(sql`${accountCodes.codeHash} = ${codeHash} AND ${accountCodes.expiresAt} > now()`)
    .returning({ userId: accountCodes.userId });
  if (taken === undefined) return fail('code_unusable');
  const [user] = await tx
    .update(users)
    .set({ passwordHash, joinedAt: sql`coalesce(${users.joinedAt}, now())` })
    .where(sql`${users.id} = ${taken.userId} AND ${users.disabledAt} IS NULL`)
    .returning();
  if (user === undefined) return fail('code_unusable');
  await revokeTokensOf(tx, user.id);
  return ok(await signedIn(tx, user));
}
