import { sql } from 'drizzle-orm';
import type { Role, User, UserStatus } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';

/** A user's row as `userColumns` selects it. */
export interface UserListRow extends Record<string, unknown> {
  id: string;
  email: string;
  name: string;
  role: Role;
  status: UserStatus;
  code_expires_at: Date | null;
  created_at: Date;
  /** What the list is sorted by. */
  sort: string;
}

/** The user's state as SQL over `u`. */
export const statusOf = sql`CASE WHEN u.disabled_at IS NOT NULL THEN 'disabled' WHEN u.joined_at IS NULL THEN 'invited' ELSE 'active' END`;

/** Columns of a user `u` with its open code `c`. */
export const userColumns = sql`u.id, u.email, u.name, u.role, ${statusOf} AS status, c.expires_at AS code_expires_at,
  u.created_at, lower(u.name) AS sort`;

/** Where they come from. */
export const userTables = sql`rd.users u LEFT JOIN rd.account_codes c ON c.user_id = u.id AND c.expires_at > now()`;

/** The user as the API gives it. */
export function presentUser(row: UserListRow): User {
  const { id, email, name, role, status } = row;
  return {
    id,
    email,
    name,
    role,
    status,
    code_expires_at: isoOf(row.code_expires_at),
    created_at: isoOf(row.created_at) ?? '',
  };
}

function isoOf(at: Date | string | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The user of that id; `lock` holds it until the transaction ends. */
export async function findUser(tx: Tx, id: string, lock = false): Promise<Result<UserListRow>> {
  if (lock) await tx.execute(sql`SELECT 1 FROM rd.users WHERE id = ${id} FOR UPDATE`);
  const answer = await tx.execute<UserListRow>(sql`SELECT ${userColumns} FROM ${userTables} WHERE u.id = ${id}`);
  const [row] = answer.rows;
  return row === undefined ? fail('not_found', 'There is no user of that id.') : ok(row);
}
