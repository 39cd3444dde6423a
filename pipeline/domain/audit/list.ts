import { and, desc, eq, lt, or, sql, type SQL } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { z } from 'zod';
import type { AuditEntry, AuditOrigin, AuditOutcome, Page } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { Actor, Context } from '../context.ts';
import { countRows, cutPage, decodeCursor, type PageRequest } from '../paging.ts';
import { isUuid, likeLiteral } from '../sql.ts';

const { audit } = schema;
const cursorKey = z.tuple([z.number().int()]);

/** What is looked for in the audit. Times are ISO 8601, `until` exclusive. */
export interface AuditFilter {
  since?: string | undefined;
  until?: string | undefined;
  user?: string | undefined;
  action?: string | undefined;
  origin?: AuditOrigin | undefined;
  outcome?: AuditOutcome | undefined;
  order?: string | undefined;
  text?: string | undefined;
}

/** Admins read the audit of their company, everybody else their own entries; asking for another's is refused. */
export function mayReadAudit(actor: Actor, filter: AuditFilter): Result<null> {
  if (actor.role === 'admin' || filter.user === undefined || filter.user === actor.userId) return ok(null);
  return fail('forbidden', 'You see your own entries only. Ask an admin of your company for those of others.');
}

/** Entries of the audit, newest first. An entry never changes, so pages hold while new ones come. */
export async function listAudit(
  context: Context,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Result<Page<AuditEntry>>> {
  const cut = await auditPage(context, filter, page);
  if (!cut.ok) return cut;
  const where = and(...conditions(context.actor, filter)) ?? sql`true`;
  return ok({ ...cut.value, ...(await countRows(context.tx, sql`FROM ${audit} WHERE ${where}`)) });
}

/** A page without its total, which a file of everything need not count. */
export async function auditPage(
  { tx, actor }: Context,
  filter: AuditFilter,
  page: PageRequest,
): Promise<Result<Pick<Page<AuditEntry>, 'items' | 'next_cursor'>>> {
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const rows = await tx
    .select()
    .from(audit)
    .where(and(...conditions(actor, filter), cursor.value === null ? undefined : lt(audit.id, cursor.value[0])))
    .orderBy(desc(audit.id))
    .limit(page.limit + 1);
  return ok(cutPage(rows, page.limit, { present, keyOf: (row) => [row.id] }));
}

function conditions(actor: Actor, filter: AuditFilter): (SQL | undefined)[] {
  const text = filter.text?.trim() ?? '';
  return [
    actor.role === 'admin' ? undefined : eq(audit.userId, actor.userId),
    filter.since === undefined ? undefined : sql`${audit.at} >= ${filter.since}::timestamptz`,
    filter.until === undefined ? undefined : sql`${audit.at} < ${filter.until}::timestamptz`,
    filter.user === undefined ? undefined : ofUser(filter.user),
    filter.action === undefined ? undefined : or(eq(audit.action, filter.action), eq(audit.tool, filter.action)),
    filter.origin === undefined ? undefined : eq(audit.origin, filter.origin),
    filter.outcome === undefined ? undefined : eq(audit.outcome, filter.outcome),
    filter.order === undefined ? undefined : ofOrder(filter.order),
    text === '' ? undefined : withText(`%${likeLiteral(text)}%`),
  ];
}

function ofUser(user: string): SQL {
  return isUuid(user) ? eq(audit.userId, user) : sql`${audit.userName} ILIKE ${`%${likeLiteral(user)}%`}`;
}

function ofOrder(ref: string): SQL {
  return isUuid(ref)
    ? sql`${audit.orderNumber} = (SELECT o.number FROM rd.orders o WHERE o.id = ${ref}::uuid)`
    : eq(audit.orderNumber, ref);
}

function withText(pattern: string): SQL {
  return sql`(${audit.summary} ILIKE ${pattern} OR ${audit.asked} ILIKE ${pattern} OR ${audit.target} ILIKE ${pattern}
    OR ${audit.orderNumber} ILIKE ${pattern})`;
}

function present(row: InferSelectModel<typeof audit>): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    user_id: row.userId,
    user_name: row.userName,
    role: row.role,
    origin: row.origin,
    tool_call_id: row.toolCallId,
    tool: row.tool,
    asked: row.asked,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt?.toISOString() ?? null,
    action: row.action,
    order_number: row.orderNumber,
    target: row.target,
    summary: row.summary,
    outcome: row.outcome,
    status: row.status,
    code: row.code,
    idempotency_key: row.idempotencyKey,
  };
}
