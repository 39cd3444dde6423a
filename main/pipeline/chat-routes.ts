import { z } from 'zod';
import {
  chatSessionSchema,
  journalEntrySchema,
  pageOf,
  reservationSchema,
  sessionToolCallSchema,
  type settlementSchema,
  storedMessageSchema,
  usageSchema,
  type JournalWrite,
  type MessageWrite,
  type SessionChange,
  type ToolCallState,
} from '../../shared/domain/index.ts';
import { approvalRoutes } from './approval-routes.ts';
import type { PipelineHttp } from './http.ts';

const nothing = z.unknown().transform(() => undefined);
const SESSIONS = 200;
const MESSAGES = 1000;

/** The chat of the signed-in user, as the REST API keeps it. */
export function chatRoutes(http: PipelineHttp) {
  return {
    sessions: (text?: string) =>
      http.send({ method: 'GET', path: '/chat/sessions', query: { limit: SESSIONS, text }, answer: sessionsAnswer }),
    session: (id: string) => http.send({ method: 'GET', path: `/chat/sessions/${id}`, answer: chatSessionSchema }),
    changeSession: (id: string, body: SessionChange, key: string) =>
      http.send({
        method: 'PATCH',
        path: `/chat/sessions/${id}`,
        body,
        headers: { 'Idempotency-Key': key },
        answer: chatSessionSchema,
      }),
    deleteSession: (id: string, key: string) =>
      http.send({
        method: 'DELETE',
        path: `/chat/sessions/${id}`,
        headers: { 'Idempotency-Key': key },
        answer: nothing,
      }),
    messages: (sessionId: string, cursor?: string) =>
      http.send({
        method: 'GET',
        path: `/chat/sessions/${sessionId}/messages`,
        query: { limit: MESSAGES, cursor },
        answer: pageOf(storedMessageSchema),
      }),
    putMessage: (id: string, body: MessageWrite, key: string) =>
      http.send({
        method: 'PUT',
        path: `/chat/messages/${id}`,
        body,
        headers: { 'Idempotency-Key': key },
        answer: storedMessageSchema,
      }),
    /** Compare-and-set on `body.from`; another state there is `state_conflict`. */
    putToolCall: (id: string, body: JournalWrite, key: string) =>
      http.send({
        method: 'PUT',
        path: `/chat/tool-calls/${id}`,
        body,
        headers: { 'Idempotency-Key': key },
        answer: journalEntrySchema,
      }),
    toolCalls: (state: ToolCallState) =>
      http.send({ method: 'GET', path: '/chat/tool-calls', query: { state }, answer: toolCallsAnswer }),
    ...approvalRoutes(http),
    /** Of the month, and of one chat where one is named. */
    usage: (sessionId?: string) =>
      http.send({ method: 'GET', path: '/chat/usage', query: { session_id: sessionId }, answer: usageSchema }),
    reserve: (estimatedTokens: number, key: string) =>
      http.send({
        method: 'POST',
        path: '/chat/usage/reservations',
        body: { estimated_tokens: estimatedTokens },
        headers: { 'Idempotency-Key': key },
        answer: reservationSchema,
      }),
    settle: (id: string, body: z.input<typeof settlementSchema>, key: string) =>
      http.send({
        method: 'PUT',
        path: `/chat/usage/reservations/${id}`,
        body,
        headers: { 'Idempotency-Key': key },
        answer: nothing,
      }),
    /** The stored answer of a change, or `not_found`: it did not happen. */
    idempotency: (key: string) => http.send({ method: 'GET', path: `/idempotency/${key}`, answer: z.unknown() }),
  };
}

export type ChatRoutes = ReturnType<typeof chatRoutes>;

const sessionsAnswer = pageOf(chatSessionSchema).transform((page) => page.items);
const toolCallsAnswer = pageOf(sessionToolCallSchema).transform((page) => page.items);
