import { randomUUID } from 'node:crypto';
import { and, asc, eq, gte, gt, isNull, lt, sql } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import {
  changedItems,
  isAboveLimits,
  type Grant,
  type JournalWrite,
  type NewGrant,
  type TenantConfig,
} from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { readConfig } from '../tenants/index.ts';
import { isOwnSession, noSuchChat, tellChat } from './sessions.ts';

const { approvalGrants } = schema;
/** A working day; nobody remembers a longer one. */
const LIFE_MS = 8 * 60 * 60_000;

/** The user's standing approvals that still count, of one chat or all. */
export async function listGrants({ tx, actor }: Context, sessionId: string | undefined): Promise<Grant[]> {
  const of = sessionId === undefined ? undefined : eq(approvalGrants.sessionId, sessionId);
  const rows = await tx
    .select()
    .from(approvalGrants)
    .where(and(eq(approvalGrants.userId, actor.userId), of, counts()))
    .orderBy(asc(approvalGrants.createdAt), asc(approvalGrants.id));
  return rows.map(presentGrant);
}

/** Makes a standing approval, within what the tenant lets pass without asking. */
export async function makeGrant(context: Context, wanted: NewGrant): Promise<Result<Grant>> {
  const { tx, actor } = context;
  if (!(await isOwnSession(tx, actor.userId, wanted.session_id))) return noSuchChat();
  const allowed = await withinTenant(tx, ({ max_renders }) => wanted.max_items <= max_renders);
  if (!allowed.ok) return allowed;
  const [made] = await tx
    .insert(approvalGrants)
    .values({
      id: randomUUID(),
      tenantId: actor.tenantId,
      userId: actor.userId,
      sessionId: wanted.session_id,
      tool: wanted.tool,
      kind: wanted.kind,
      maxItems: wanted.max_items,
      maxChanges: wanted.max_changes,
      expiresAt: new Date(Date.now() + LIFE_MS),
    })
    .returning();
  if (made === undefined) throw new Error('The standing approval was not made.');
  await tellChat(context, wanted.session_id);
  return ok(presentGrant(made));
}

/** Takes a standing approval back; what it let pass stays. */
export async function revokeGrant(context: Context, id: string): Promise<Result<{ revoked: boolean }>> {
  const { tx, actor } = context;
  const [gone] = await tx
    .update(approvalGrants)
    .set({ revokedAt: sql`coalesce(${approvalGrants.revokedAt}, now())` })
    .where(and(eq(approvalGrants.id, id), eq(approvalGrants.userId, actor.userId)))
    .returning({ sessionId: approvalGrants.sessionId });
  if (gone === undefined) return fail('not_found', 'There is no such standing approval.');
  await tellChat(context, gone.sessionId);
  return ok({ revoked: true });
}

/**
 * Uses a standing approval for a change that the journal approves by it (`decided_by` is `grant:<id>`): once for each
 * change, by one conditional update, so that desks side by side cannot use it up twice.
 */
export async function useGrant({ tx, actor }: Context, write: JournalWrite, sessionId: string): Promise<Result<null>> {
  const id = /^grant:([0-9a-f-]{36})$/.exec(write.decided_by ?? '')?.[1];
  if (id === undefined || write.state !== 'approved') return ok(null);
  if (write.from !== 'proposed' || write.effect === null) return fail('grant_gone');
  const { effect } = write;
  const allowed = await withinTenant(tx, (limits) => !isAboveLimits(effect, limits));
  if (!allowed.ok) return fail('grant_gone', allowed.failure.message);
  const fits = and(
    eq(approvalGrants.id, id),
    eq(approvalGrants.userId, actor.userId),
    eq(approvalGrants.sessionId, sessionId),
    eq(approvalGrants.tool, write.tool),
    gte(approvalGrants.maxItems, changedItems(effect)),
  );
  const used = await tx
    .update(approvalGrants)
    .set({ usedChanges: sql`${approvalGrants.usedChanges} + 1` })
    .where(and(fits, counts()))
    .returning({ id: approvalGrants.id });
  return used.length > 0 ? ok(null) : fail('grant_gone');
}

function counts() {
  return and(
    isNull(approvalGrants.revokedAt),
    gt(approvalGrants.expiresAt, sql`now()`),
    lt(approvalGrants.usedChanges, approvalGrants.maxChanges),
  );
}

async function withinTenant(tx: Tx, fits: (limits: TenantConfig['approval']) => boolean): Promise<Result<null>> {
  const { approval } = await readConfig(tx);
  if (approval.policy === 'always') {
    return fail('forbidden', 'Your company asks for every change. Nothing can be approved in advance.');
  }
  if (fits(approval)) return ok(null);
  const most = `${String(approval.max_renders)} renders and ${String(approval.max_orders)} orders`;
  return fail('validation_failed', `Your company asks for every change above ${most}.`, {
    fields: [{ field: 'max_items', message: `at most ${String(approval.max_renders)}` }],
  });
}

function presentGrant(row: InferSelectModel<typeof approvalGrants>): Grant {
  return {
    id: row.id,
    session_id: row.sessionId,
    tool: row.tool,
    kind: row.kind,
    max_items: row.maxItems,
    max_changes: row.maxChanges,
    used_changes: row.usedChanges,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
  };
}
