import { z } from 'zod';
import {
  chatRoleSchema,
  contextTypeSchema,
  effectSchema,
  messageStatusSchema,
  newGrantSchema,
  rowsOnlySchema,
  toolCallStateSchema,
  type EffectRow,
  type Page,
} from '../domain/index.ts';
import { failureSchema } from '../errors/index.ts';

/** `POST /api/chat/messages`. */
export const sendRequestSchema = z
  .object({
    message: z.string().trim().min(1).max(20_000),
    session_id: z.uuid().nullish(),
    context_type: contextTypeSchema.nullish(),
    /** Id (or order number) of the open order or product. */
    context_id: z.string().max(64).nullish(),
    /** A dropped product list that goes with the message. */
    selection_id: z.string().max(64).nullish(),
    /** The user's last message in the session, which this one takes the place of: it was edited. */
    replaces: z.uuid().nullish(),
  })
  .strict();
export type SendRequest = z.infer<typeof sendRequestSchema>;

const askedSchema = z.enum(['first', 'edited', 'moved', 'stale']);
/** Why a person is asked: for the first time, or again since the arguments were edited, the world moved, or an approval grew old. */
export type Asked = z.infer<typeof askedSchema>;

export const pendingApprovalSchema = z.object({
  /** The tool call's id. */
  id: z.uuid(),
  session_id: z.uuid(),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  effect: effectSchema,
  expires_at: z.iso.datetime(),
  asked: askedSchema,
  /** Names exactly what this shows; a decision that carries it counts for nothing else. */
  shown: z.string(),
});
/** A change that waits for a person, with the effect worked out by the pipeline's dry run. */
export type PendingApproval = z.infer<typeof pendingApprovalSchema>;

/** A tool call as a chat shows it. */
export const chatToolCallSchema = z.object({
  id: z.uuid(),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  state: toolCallStateSchema,
  result: z.unknown().nullable(),
  effect: effectSchema.nullable(),
  said: z.string().nullable(),
  expires_at: z.iso.datetime().nullable(),
  /** `user`, `user:edited`, `policy:auto`, `grant:<id>`, …; null before somebody decided. */
  decided_by: z.string().nullable(),
  /** `asked` and `shown` of its approval while it waits, else null. */
  asked: askedSchema.nullable(),
  shown: z.string().nullable(),
});
export type ChatToolCall = z.infer<typeof chatToolCallSchema>;

/** A message as the Chat API gives it; an assistant message stands for its whole turn. */
export const chatMessageSchema = z.object({
  id: z.uuid(),
  role: chatRoleSchema,
  content: z.string(),
  created_at: z.iso.datetime(),
  context_type: contextTypeSchema.nullable(),
  context_id: z.string().nullable(),
  token_count: z.number().int().nullable(),
  status: messageStatusSchema,
  /** Of a turn under way: until when the model makes it wait. */
  retry_at: z.iso.datetime().nullish(),
  error: failureSchema.nullable(),
  /** A later message stands in its place; what it changed stays changed. */
  superseded: z.boolean(),
  tool_calls: z.array(chatToolCallSchema),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

export const turnOutcomeSchema = z.object({
  session_id: z.uuid(),
  message: chatMessageSchema,
  response: chatMessageSchema.nullable(),
  status: z.enum(['done', 'waiting', 'failed', 'interrupted']),
  pending_approvals: z.array(pendingApprovalSchema),
  error: failureSchema.optional(),
});
/** How a turn ended, or that it waits for a person. */
export type TurnOutcome = z.infer<typeof turnOutcomeSchema>;

/** `POST /api/chat/approvals/{id}`. */
export const decisionSchema = z
  .object({
    decision: z.enum(['approve', 'reject']),
    /** Edited arguments: the effect is worked out again and shown before anything runs. */
    arguments: z.record(z.string(), z.unknown()).optional(),
    /** `shown` of the approval that was looked at; another effect waiting by now is `approval_changed`. */
    shown: z.string().max(64).optional(),
    /** A word to the model on a rejection. */
    reason: z.string().max(1000).optional(),
    /** Products to take out of the change; like edited arguments, the new effect is shown first. */
    without: z.array(z.uuid()).min(1).max(1000).optional(),
    /** Approves similar changes of this chat along with it: so many more, each up to so many renders or products. */
    grant: newGrantSchema.pick({ max_items: true, max_changes: true }).strict().optional(),
  })
  .strict();
export type Decision = z.infer<typeof decisionSchema>;

/** Takes a change of a conversation back, by its tool call's id. */
export const undoRequestSchema = z.object({ session_id: z.uuid(), id: z.uuid() }).strict();
export type UndoRequest = z.infer<typeof undoRequestSchema>;

/** Asks for the things behind the numbers of a waiting change. */
export const approvalRowsRequestSchema = z
  .object({
    id: z.uuid(),
    shown: z.string().max(64),
    /** All of them, or those that will fail. */
    only: rowsOnlySchema,
    cursor: z.string().max(4000).nullish(),
  })
  .strict();
export type ApprovalRowsRequest = z.infer<typeof approvalRowsRequestSchema>;
/** A page of them. `moved`: the world changed since the effect was worked out. */
export type ApprovalRows = Page<EffectRow> & { moved: boolean };

/** One decision on several changes of one turn, as shown beside each other. */
export const sharedDecisionSchema = z
  .object({
    approvals: z
      .array(z.object({ id: z.uuid(), shown: z.string().max(64) }).strict())
      .min(1)
      .max(32),
    decision: z.enum(['approve', 'reject']),
    reason: z.string().max(1000).optional(),
  })
  .strict();
export type SharedDecision = z.infer<typeof sharedDecisionSchema>;

/** The steps of a turn as they happen: server-sent events on the Chat API, pushes to a window. */
export type TurnEvent =
  | { type: 'turn.started'; session_id: string; message: ChatMessage; response_id: string }
  | { type: 'text.delta'; text: string }
  | { type: 'tool.started'; call: ChatToolCall }
  | { type: 'tool.finished'; call: ChatToolCall }
  | { type: 'approval.requested'; approval: PendingApproval }
  | { type: 'rate_limited'; retry_at: string }
  | { type: 'turn.ended'; outcome: TurnOutcome };
