import { z } from 'zod';
import { pageQuerySchema } from './page.ts';
import { roleSchema } from './tenant.ts';

export const AUDIT_ORIGINS = ['click', 'assistant'] as const;
/** The door a change came through. */
export type AuditOrigin = (typeof AUDIT_ORIGINS)[number];

export const AUDIT_OUTCOMES = ['done', 'refused', 'rejected', 'expired', 'unknown'] as const;
/**
 * `done`; `refused` by the pipeline (see `code`); `rejected` by a person or policy; `expired` before anybody decided;
 * `unknown`: it was sent and no answer came back.
 */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

export const auditEntrySchema = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  user_id: z.uuid(),
  /** As the user was called then. */
  user_name: z.string(),
  role: roleSchema,
  origin: z.enum(AUDIT_ORIGINS),
  tool_call_id: z.string().nullable(),
  tool: z.string().nullable(),
  /** The message that the assistant acted on; kept when its chat is deleted. */
  asked: z.string().nullable(),
  /** Who approved or rejected it: a person's name, or a policy such as `policy:auto`. */
  decided_by: z.string().nullable(),
  decided_at: z.iso.datetime().nullable(),
  /** The operation, such as `POST /orders/{ref}/cancel`. */
  action: z.string(),
  order_number: z.string().nullable(),
  /** What else was acted on: an e-mail address, a CAD material, an id. */
  target: z.string().nullable(),
  /** One sentence; for a change that was previewed, the one that was shown. */
  summary: z.string(),
  outcome: z.enum(AUDIT_OUTCOMES),
  status: z.number().int().nullable(),
  code: z.string().nullable(),
  idempotency_key: z.string().nullable(),
});
/** What was done or tried, by whom, and what came of it. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditQuerySchema = pageQuerySchema.extend({
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  /** Id of a user, or part of the name. */
  user: z.string().min(1).max(200).optional(),
  /** The operation (`POST /orders`) or the assistant's tool (`create_order`). */
  action: z.string().min(1).max(200).optional(),
  origin: z.enum(AUDIT_ORIGINS).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  /** Id or number of an order. */
  order: z.string().min(1).max(64).optional(),
  /** Part of the summary, of what was asked, or of the target. */
  text: z.string().max(200).optional(),
  /** `csv`: everything that the filters leave, as one file. */
  format: z.enum(['json', 'csv']).optional(),
});
