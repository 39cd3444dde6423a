import { text, uuid } from 'drizzle-orm/pg-core';
import type { ApprovalPolicy, Role } from '../../shared/domain/index.ts';
import { createdAt, id, rd, tenantId, time } from './schema-columns.ts';

/** Who may sign in. */
export const users = rd.table('users', {
  id: id(),
  tenantId: tenantId(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  role: text('role').$type<Role>().notNull(),
  passwordHash: text('password_hash'),
  /** null: invited, and never signed in. */
  joinedAt: time('joined_at').defaultNow(),
  disabledAt: time('disabled_at'),
  approvalPolicy: text('approval_policy').$type<ApprovalPolicy>().notNull().default('always'),
  createdAt: createdAt(),
});

/** What they signed in with. */
export const tokens = rd.table('tokens', {
  id: id(),
  tenantId: tenantId(),
  userId: uuid('user_id').notNull(),
  tokenHash: text('token_hash').notNull(),
  createdAt: createdAt(),
  expiresAt: time('expires_at').notNull(),
  revokedAt: time('revoked_at'),
});

/** With what they set a password, once. */
export const accountCodes = rd.table('account_codes', {
  userId: uuid('user_id').primaryKey(),
  tenantId: tenantId(),
  codeHash: text('code_hash').notNull(),
  createdAt: createdAt(),
  expiresAt: time('expires_at').notNull(),
});
