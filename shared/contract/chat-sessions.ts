import { z } from 'zod';
import { sessionChangeSchema } from '../domain/index.ts';
import type { Failure } from '../errors/index.ts';
import { sendRequestSchema } from './chat.ts';

const session_id = z.uuid();

/** Asks for the user's chats, all of them or those with the text in their title or a message. */
export const chatListRequestSchema = z.object({ text: z.string().max(200).optional() }).strict();

/** Renames or pins a chat, or takes it for read. */
export const chatChangeRequestSchema = sessionChangeSchema.extend({ session_id }).strict();
export type ChatChangeRequest = z.infer<typeof chatChangeRequestSchema>;

export const exportFormatSchema = z.enum(['markdown', 'json']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;
export const chatExportRequestSchema = z.object({ session_id, format: exportFormatSchema }).strict();

/** A chat as a file. */
export interface ChatExport {
  file_name: string;
  media_type: string;
  text: string;
}

/** A message that waits for the running turn to end. */
export interface QueuedMessage {
  id: string;
  message: string;
  /** A dropped product list goes with it. */
  has_list: boolean;
}

/** What of a chat waits to be sent, in its order; `held` says why it is not sent by itself any more. */
export interface ChatQueue {
  session_id: string;
  messages: QueuedMessage[];
  held: Failure | null;
}

/** Adds to, edits or empties a chat's queue; `send` sends it although it is held. */
export const queueChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), request: sendRequestSchema.omit({ session_id: true, replaces: true }) }).strict(),
  z.object({ kind: z.literal('edit'), id: z.uuid(), message: sendRequestSchema.shape.message }).strict(),
  z.object({ kind: z.literal('remove'), id: z.uuid() }).strict(),
  z.object({ kind: z.literal('send') }).strict(),
]);
export type QueueChange = z.infer<typeof queueChangeSchema>;
export const queueChangeRequestSchema = z.object({ session_id, change: queueChangeSchema }).strict();
