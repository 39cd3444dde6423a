import { z } from 'zod';
import { approvalPolicySchema } from './tenant.ts';

/** Tools whose changes a person can approve in advance. What ends or takes back something is not among them. */
export const GRANTABLE_TOOLS = [
  'create_order',
  'dispatch_renders',
  'retry_failed_renders',
  'set_material_override',
  'set_render_overrides',
] as const;

/** Most changes that one standing approval may let pass. */
export const MOST_GRANTED_CHANGES = 50;

export const newGrantSchema = z
  .object({
    session_id: z.uuid(),
    tool: z.string().min(1).max(64),
    /** What of the tool: `draft` or `dispatch` of an order, `set` or `remove` of an override; '' where it has one kind. */
    kind: z.string().max(40),
    /** Renders or products of one change, whichever are more. */
    max_items: z.int32().min(0),
    /** How many changes in all. */
    max_changes: z.int32().min(1).max(MOST_GRANTED_CHANGES),
  })
  .strict();
export type NewGrant = z.infer<typeof newGrantSchema>;

export const grantSchema = newGrantSchema.extend({
  id: z.uuid(),
  used_changes: z.number().int(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
});
/** A standing approval: changes of one kind, up to a size, in one chat, until it is used up, revoked or expired. */
export type Grant = z.infer<typeof grantSchema>;

export const ownPolicySchema = z.object({ policy: approvalPolicySchema }).strict();
/** When a change asks this user; the tenant's policy may be stricter. */
export type OwnPolicy = z.infer<typeof ownPolicySchema>;
