import { z } from 'zod';
import { failureSchema } from '../errors/index.ts';
import { effectSchema } from './effect.ts';
import { pageQuerySchema } from './page.ts';
import { usageSchema } from './token-usage.ts';

export const contextTypeSchema = z.enum(['order', 'product', 'general']);
/** What was open when the message was sent. */
export type ContextType = z.infer<typeof contextTypeSchema>;

export const chatRoleSchema = z.enum(['user', 'assistant', 'system']);
export type ChatRole = z.infer<typeof chatRoleSchema>;

export const TOOL_CALL_STATES = [
  'proposed',
  'awaiting',
  'approved',
  'running',
  'done',
  'failed',
  'unknown',
  'rejected',
  'expired',
  'cancelled',
] as const;
export const toolCallStateSchema = z.enum(TOOL_CALL_STATES);
/**
 * State of a tool call in the journal: proposed -> awaiting -> approved -> running -> done / failed / unknown /
 * rejected / expired / cancelled. A read goes proposed -> running -> done / failed.
 */
export type ToolCallState = z.infer<typeof toolCallStateSchema>;

/** Is nothing more going to happen to a call in this state? */
export function isFinalToolCallState(state: ToolCallState): boolean {
  return !['proposed', 'awaiting', 'approved', 'running'].includes(state);
}

/** One journal entry: a tool call of an assistant message, by step (model call) and position within the message. */
export const journalEntrySchema = z.object({
  id: z.uuid(),
  message_id: z.uuid(),
  /** Which model call of the turn asked for it, from 0. */
  step: z.int32().min(0),
  /** Place among all calls of the message, from 0. */
  position: z.int32().min(0),
  /** The model's own id of the call (`call_…`). */
  model_call_id: z.string().max(200),
  /** Text the model said before the calls of this step; on the step's first call only. */
  said: z.string().nullable(),
  tool: z.string().max(64),
  /** As the model sent them, parsed; `{}` where they were not JSON. */
  arguments: z.record(z.string(), z.unknown()),
  state: toolCallStateSchema,
  /** What the model is told: compact JSON, or an error `{error: {code, message}}`. */
  result: z.unknown().nullable(),
  effect: effectSchema.nullable(),
  snapshot: z.string().nullable(),
  /** Key under which the change is sent, the same however often it is tried. */
  idempotency_key: z.string().nullable(),
  /** `user`, `policy:auto`, `policy:deny`, `expired`, … */
  decided_by: z.string().nullable(),
  decided_at: z.iso.datetime().nullable(),
  expires_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Did this call change something, or may it have? Only a change is sent under a key. */
export function mayHaveChanged({ idempotency_key, state }: Pick<JournalEntry, 'idempotency_key' | 'state'>): boolean {
  return idempotency_key !== null && (state === 'done' || state === 'unknown');
}

/** Body of `PUT /chat/tool-calls/{id}`; `from` is the state it must be in now, null to create it. */
export const journalWriteSchema = journalEntrySchema
  .omit({ id: true, created_at: true })
  .extend({ from: toolCallStateSchema.nullable() });
export type JournalWrite = z.infer<typeof journalWriteSchema>;

/** An item of `GET /chat/tool-calls?state=…`: the entry with the session its message belongs to. */
export const sessionToolCallSchema = journalEntrySchema.extend({ session_id: z.uuid() });
export type SessionToolCall = z.infer<typeof sessionToolCallSchema>;

export const messageStatusSchema = z.enum(['running', 'waiting', 'done', 'failed', 'interrupted']);
/** Of an assistant message, which is its turn's record; a user message is always `done`. */
export type MessageStatus = z.infer<typeof messageStatusSchema>;

/** A stored message. An assistant message stands for a whole turn: its tool calls and then its final text. */
export const storedMessageSchema = z.object({
  id: z.uuid(),
  session_id: z.uuid(),
  role: chatRoleSchema,
  content: z.string(),
  context_type: contextTypeSchema.nullable(),
  context_id: z.string().nullable(),
  selection_id: z.string().nullable(),
  token_count: z.int32().min(0).nullable(),
  status: messageStatusSchema,
  error: failureSchema.nullable(),
  /** Desk that runs this turn and until when it holds it. */
  desk_id: z.string().nullable(),
  lease_until: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  /** Edited and sent again, or answered again: a later message stands in its place. */
  superseded: z.boolean(),
  tool_calls: z.array(journalEntrySchema),
});
export type StoredMessage = z.infer<typeof storedMessageSchema>;

/**
 * Is the message at this place still told: not replaced, or of a replaced turn that changed something, which happened all
 * the same? `hasChanged` looks at an answer.
 */
export function isStillTold<M extends Pick<StoredMessage, 'role' | 'superseded'>>(
  messages: readonly M[],
  at: number,
  hasChanged: (answer: M) => boolean,
): boolean {
  const message = messages[at];
  if (message === undefined) return false;
  if (!message.superseded) return true;
  if (message.role === 'assistant') return hasChanged(message);
  const rest = messages.slice(at + 1);
  const next = rest.findIndex(({ role }) => role === 'user');
  return (next < 0 ? rest : rest.slice(0, next)).some(hasChanged);
}

/** Body of `PUT /chat/messages/{id}`: creates the message (and its session) or changes it. */
export const messageWriteSchema = storedMessageSchema
  .omit({ id: true, created_at: true, superseded: true, tool_calls: true })
  .extend({
    content: z.string().max(200_000),
    /**
     * Of a new message: the one it stands in for from now on, of the same role. A user's message takes the last one's
     * place together with its answers; an answer takes the last answer's, if that changed nothing.
     */
    replaces: z.uuid().nullish(),
  });
export type MessageWrite = z.infer<typeof messageWriteSchema>;

export const chatStateSchema = z.enum(['idle', 'running', 'waiting']);
/** What goes on in a chat: an answer is being made, a change waits for its user, or neither. */
export type ChatState = z.infer<typeof chatStateSchema>;

export const chatSessionSchema = z.object({
  session_id: z.uuid(),
  title: z.string(),
  pinned: z.boolean(),
  state: chatStateSchema,
  /** An answer ended, or waits, since the user last looked. */
  unread: z.boolean(),
  last_message: z.string(),
  message_count: z.number().int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type ChatSession = z.infer<typeof chatSessionSchema>;

export const sessionQuerySchema = pageQuerySchema.extend({
  /** Part of the title or of a message. */
  text: z.string().max(200).optional(),
  /**
   * `updated`: pinned ones first, then the latest; a chat that is written while one turns pages moves to the top, ahead of
   * the cursor. `created`: the newest first, an order that never changes.
   */
  sort: z.enum(['updated', 'created']).default('updated'),
});

export const messageQuerySchema = pageQuerySchema.extend({
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  /** The end to begin at; the cursor leads to the other one. Items are oldest first either way. */
  from: z.enum(['newest', 'oldest']).default('newest'),
});

export const sessionChangeSchema = z
  .object({
    title: z.string().trim().min(1).max(200).optional(),
    pinned: z.boolean().optional(),
    /** Everything in it was seen. */
    read: z.literal(true).optional(),
  })
  .strict();
export type SessionChange = z.infer<typeof sessionChangeSchema>;

/** `2026-11` */
const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const usageQuerySchema = z.object({ month: monthSchema.optional() });
/** Also what one chat of the user and its newest answer took. */
export const chatUsageQuerySchema = usageQuerySchema.extend({ session_id: z.uuid().optional() });

/** An item of `GET /chat/usage/months`: what the company used, and of it the user. */
export const monthUsageSchema = z.object({
  month: z.string(),
  used_tokens: z.number().int(),
  own_tokens: z.number().int(),
});
export type MonthUsage = z.infer<typeof monthUsageSchema>;

/** An item of `GET /chat/usage/sessions`: what one chat of the user took in a month. */
export const sessionUsageSchema = z.object({
  /** null: model calls that belong to no chat any more, or were never settled to one. */
  session_id: z.uuid().nullable(),
  /** null where the chat is deleted. */
  title: z.string().nullable(),
  used_tokens: z.number().int(),
  /** Model calls. */
  calls: z.number().int(),
});
export type SessionUsage = z.infer<typeof sessionUsageSchema>;

export const reservationRequestSchema = z
  .object({ estimated_tokens: z.number().int().min(0).max(10_000_000) })
  .strict();
export const reservationSchema = z.object({ id: z.uuid(), usage: usageSchema });
/** Settles a reservation with what the model really charged (or the estimate where the stream broke). */
export const settlementSchema = z
  .object({
    tokens: z.int32().min(0),
    /** Of them the answer. */
    output_tokens: z.int32().min(0).optional(),
    estimated: z.boolean().default(false),
    message_id: z.uuid().optional(),
  })
  .strict()
  .refine(({ tokens, output_tokens = 0 }) => output_tokens <= tokens, {
    message: 'more than all tokens',
    path: ['output_tokens'],
  });
