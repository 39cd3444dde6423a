import { sql } from 'drizzle-orm';
import { schema, type Database } from '../../db/index.ts';
import { recordAudit } from './record.ts';

const { users } = schema;

/** How a sign-in went; `code` where it was refused. */
export interface SignInNote {
  action: string;
  status: number;
  code: string | null;
}

/** Writes down a sign-in, or that one was refused, with the tenant of the user it names. A name of nobody has no audit. */
export async function recordSignIn(database: Database, email: string, note: SignInNote): Promise<void> {
  const [user] = await database.withLogin(email, (tx) =>
    tx
      .select()
      .from(users)
      .where(sql`lower(${users.email}) = lower(${email})`),
  );
  if (user === undefined) return;
  const { tenantId, id: userId, name: userName, role } = user;
  await database.withTenant(tenantId, (tx) =>
    recordAudit(
      { tx, actor: { tenantId, userId, userName, role, origin: 'click' } },
      {
        ...note,
        target: user.email,
        summary: note.code === null ? 'Signed in' : 'Sign-in refused',
        outcome: note.code === null ? 'done' : 'refused',
      },
    ),
  );
}
