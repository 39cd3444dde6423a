import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Page, Role, User, UserStatus } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { countRows, cutPage, decodeCursor, type PageRequest } from '../paging.ts';
import { likeLiteral } from '../sql.ts';
import { findUser, presentUser, statusOf, userColumns, userTables, type UserListRow } from './present.ts';

/** What is looked for among users. */
export interface UserFilter {
  text?: string | undefined;
  role?: Role | undefined;
  status?: UserStatus | undefined;
}

const cursorKey = z.tuple([z.string(), z.uuid()]);

/** The tenant's users by name. */
export async function listUsers(tx: Tx, filter: UserFilter, page: PageRequest): Promise<Result<Page<User>>> {
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const where = conditionOf(filter);
  const [name, id] = cursor.value ?? [null, null];
  const after = name === null ? sql`true` : sql`(lower(u.name), u.id) > (${name}, ${id}::uuid)`;
  const found = await tx.execute<UserListRow>(sql`
    SELECT ${userColumns} FROM ${userTables} WHERE ${where} AND ${after} ORDER BY lower(u.name), u.id LIMIT ${page.limit + 1}`);
  const cut = cutPage(found.rows, page.limit, { present: presentUser, keyOf: (row) => [row.sort, row.id] });
  return ok({ ...cut, ...(await countRows(tx, sql`FROM rd.users u WHERE ${where}`)) });
}

/** The user of that id. */
export async function getUser(tx: Tx, id: string): Promise<Result<User>> {
  const found = await findUser(tx, id);
  return found.ok ? ok(presentUser(found.value)) : found;
}

function conditionOf({ text, role, status }: UserFilter) {
  const pattern = `%${likeLiteral(text?.trim() ?? '')}%`;
  return sql.join(
    [
      sql`(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})`,
      ...(role === undefined ? [] : [sql`u.role = ${role}`]),
      ...(status === undefined ? [] : [sql`${statusOf} = ${status}`]),
    ],
    sql` AND `,
  );
}
