import { eq, sql } from 'drizzle-orm';
import type { LoginAnswer, Me } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Database, type Tx } from '../../db/index.ts';
import { readConfig } from '../tenants/index.ts';
import { checkPassword } from './secrets.ts';
import { issueToken } from './tokens.ts';

const { users, tenants } = schema;

/** A user as sign-in and bearer checks know them. */
export type UserRow = typeof users.$inferSelect;

/** Signs in by e-mail and password. A wrong one of the two is told apart neither in the answer nor in its time. */
export async function signIn(database: Database, email: string, password: string): Promise<Result<LoginAnswer>> {
  const user = await findByEmail(database, email);
  const matches = await checkPassword(password, user?.passwordHash ?? null);
  if (user === null || !matches || user.disabledAt !== null) return fail('wrong_credentials');
  return ok(await database.withTenant(user.tenantId, (tx) => signedIn(tx, user)));
}

/** Signs in whoever could read the data directory's secret: as that e-mail, or as the first tenant's operator. */
export async function signInLocally(database: Database, email: string | undefined): Promise<Result<LoginAnswer>> {
  const user = email === undefined ? await firstOperator(database) : await findByEmail(database, email);
  if (user === null || user.disabledAt !== null) return fail('not_found', 'There is no such user.');
  return ok(await database.withTenant(user.tenantId, (tx) => signedIn(tx, user)));
}

/** Who is signed in, for which tenant. */
export async function describeMe(tx: Tx, userId: string): Promise<Me> {
  const [row] = await tx
    .select({
      user: { id: users.id, email: users.email, name: users.name, role: users.role },
      tenant: { id: tenants.id, name: tenants.name },
    })
    .from(users)
    .innerJoin(tenants, eq(tenants.id, users.tenantId))
    .where(eq(users.id, userId));
  if (row === undefined) throw new Error('The signed-in user is gone.');
  const { ai_enabled, time_zone } = await readConfig(tx);
  return { user: row.user, tenant: { ...row.tenant, ai_enabled, time_zone } };
}

async function findByEmail(database: Database, email: string): Promise<UserRow | null> {
  const [row] = await database.withLogin(email, (tx) =>
    tx
      .select()
      .from(users)
      .where(sql`lower(${users.email}) = lower(${email})`),
  );
  return row ?? null;
}

/** Of the first tenant: its first operator, or its first admin where nobody else can act. */
async function firstOperator(database: Database): Promise<UserRow | null> {
  const [tenant] = await database.listTenants();
  if (tenant === undefined) return null;
  const [row] = await database.withTenant(tenant.id, (tx) =>
    tx
      .select()
      .from(users)
      .where(sql`${users.role} <> 'viewer' AND ${users.joinedAt} IS NOT NULL AND ${users.disabledAt} IS NULL`)
      .orderBy(sql`${users.role} = 'operator' DESC`, users.createdAt, users.email)
      .limit(1),
  );
  return row ?? null;
}

/** A new token of the user, as the answer of a sign-in. */
export async function signedIn(tx: Tx, user: UserRow): Promise<LoginAnswer> {
  const { token, expiresAt } = await issueToken(tx, user);
  return { token, expires_at: expiresAt.toISOString(), ...(await describeMe(tx, user.id)) };
}
