import { sql, type SQL } from 'drizzle-orm';
import type { AuditOutcome } from '../../../shared/domain/index.ts';
import type { Actor, Context } from '../context.ts';
import { isUuid } from '../sql.ts';

/** What is written down of one request. The actor says who, and through which door. */
export interface AuditNote {
  /** `POST /orders/{ref}/cancel` */
  action: string;
  summary: string;
  outcome: AuditOutcome;
  status: number | null;
  code?: string | null;
  /** Id or number of the order it was about. */
  order?: string | null;
  target?: string | null;
  idempotencyKey?: string | null;
}

/** A sentence is kept up to here. */
const LONGEST = 2000;

/**
 * Writes one entry of the audit, in the transaction of what it tells. What the assistant did is joined with the journal
 * here and copied, for the chat may be deleted: the tool, the message that asked for it, and who decided.
 */
export async function recordAudit({ tx, actor }: Context, note: AuditNote): Promise<void> {
  const call = toolCallOf(actor);
  await tx.execute(sql`
    INSERT INTO rd.audit (tenant_id, user_id, user_name, role, origin, tool_call_id, tool, asked, decided_by, decided_at,
      action, order_number, target, summary, outcome, status, code, idempotency_key)
    SELECT ${actor.tenantId}::uuid, ${actor.userId}::uuid, ${actor.userName}, ${actor.role},
      ${actor.origin.startsWith('assistant') ? 'assistant' : 'click'}, ${call}::text, call.tool, call.asked,
      CASE WHEN ${actor.origin} = 'click' OR call.decided_by IN ('user', 'user:edited') THEN ${actor.userName}
        WHEN call.decided_by LIKE 'grant:%' THEN ${`${actor.userName} (in advance)`} ELSE call.decided_by END,
      call.decided_at, ${note.action}, ${orderNumber(note.order ?? null)}, ${storable(note.target ?? null)}::text,
      ${storable(note.summary) ?? ''}, ${note.outcome}, ${note.status}::integer, ${note.code ?? null}::text,
      ${note.idempotencyKey ?? null}::text
    FROM (SELECT 1) one LEFT JOIN (${journaled(actor, call)}) call ON true`);
}

/** The journal's entry of a tool call of this user, with the last message of the user's before it. */
function journaled(actor: Actor, call: string | null): SQL {
  const id = call !== null && isUuid(call) ? call : null;
  return sql`
    SELECT c.tool, c.decided_by, c.decided_at,
      (SELECT left(asked.content, ${LONGEST}::integer) FROM rd.chat_messages asked
       WHERE asked.session_id = m.session_id AND asked.role = 'user' AND asked.seq < m.seq
       ORDER BY asked.seq DESC LIMIT 1) AS asked
    FROM rd.tool_calls c JOIN rd.chat_messages m ON m.id = c.message_id
    WHERE c.id = ${id}::uuid AND c.user_id = ${actor.userId}::uuid`;
}

function toolCallOf({ origin }: Actor): string | null {
  return /tool_call=([\w-]{1,100})$/.exec(origin)?.[1] ?? null;
}

/** The number of an order that is named by id or number; null where there is none. */
function orderNumber(ref: string | null): SQL {
  const named = storable(ref);
  if (named === null) return sql`NULL::text`;
  return isUuid(named)
    ? sql`(SELECT o.number FROM rd.orders o WHERE o.id = ${named}::uuid)`
    : sql`(SELECT o.number FROM rd.orders o WHERE o.number = ${named})`;
}

/** What came from outside may hold what PostgreSQL stores in no text. */
function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\0', '\uFFFD').toWellFormed().slice(0, LONGEST).toWellFormed();
}
