import { integer, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, rd, tenantId, time } from './schema-columns.ts';

/** Standing approvals of a chat. */
export const approvalGrants = rd.table('approval_grants', {
  id: uuid('id').primaryKey(),
  tenantId: tenantId(),
  userId: uuid('user_id').notNull(),
  sessionId: uuid('session_id').notNull(),
  tool: text('tool').notNull(),
  kind: text('kind').notNull(),
  maxItems: integer('max_items').notNull(),
  maxChanges: integer('max_changes').notNull(),
  usedChanges: integer('used_changes').notNull().default(0),
  createdAt: createdAt(),
  expiresAt: time('expires_at').notNull(),
  revokedAt: time('revoked_at'),
});
