import { z } from 'zod';
import {
  chatSessionSchema,
  chatUsageQuerySchema,
  grantSchema,
  journalWriteSchema,
  messageQuerySchema,
  messageWriteSchema,
  monthUsageSchema,
  newGrantSchema,
  pageOf,
  reservationRequestSchema,
  reservationSchema,
  sessionChangeSchema,
  sessionQuerySchema,
  sessionToolCallSchema,
  sessionUsageSchema,
  settlementSchema,
  storedMessageSchema,
  toolCallStateSchema,
  usageQuerySchema,
  usageSchema,
} from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import {
  changeSession,
  deleteSession,
  listCalls,
  listGrants,
  listMessages,
  listSessions,
  readSession,
  makeGrant,
  readChatUsage,
  reserve,
  revokeGrant,
  settle,
  usageByMonth,
  usageBySession,
  writeCall,
  writeMessage,
} from '../../domain/chat/index.ts';
import { slicePage } from '../../domain/paging.ts';
import { changeRoute, readRoute, type Route } from '../route.ts';
import { idParams, longPageQuery, wholeList } from './common.ts';

/** A chat is the user's own, whatever the role. */
const access = 'viewer';

const messages: Route[] = [
  readRoute({
    method: 'GET',
    path: '/chat/sessions',
    summary: 'Your chats: pinned ones first, then the latest',
    schemas: { query: sessionQuerySchema },
    answer: pageOf(chatSessionSchema),
    run: (context, { query }) => listSessions(context, query),
  }),
  readRoute({
    method: 'GET',
    path: '/chat/sessions/:id',
    summary: 'One of your chats',
    schemas: { params: idParams },
    answer: chatSessionSchema,
    run: (context, { params }) => readSession(context, params.id),
  }),
  changeRoute({
    method: 'PATCH',
    path: '/chat/sessions/:id',
    summary: 'Rename or pin a chat, or take it for read',
    access,
    audited: false,
    schemas: { params: idParams, body: sessionChangeSchema },
    answer: chatSessionSchema,
    run: (context, { params, body }) => changeSession(context, params.id, body),
  }),
  changeRoute({
    method: 'DELETE',
    path: '/chat/sessions/:id',
    summary: 'Delete a chat with everything in it',
    access,
    schemas: { params: idParams },
    answer: z.object({ deleted: z.boolean() }),
    run: (context, { params }) => deleteSession(context, params.id),
  }),
  readRoute({
    method: 'GET',
    path: '/chat/sessions/:id/messages',
    summary: 'Messages of a chat with their tool calls, oldest first, a page from either end',
    schemas: { params: idParams, query: messageQuerySchema },
    answer: pageOf(storedMessageSchema),
    run: (context, { params, query }) => listMessages(context, params.id, query),
  }),
  changeRoute({
    method: 'PUT',
    path: '/chat/messages/:id',
    summary: 'Store a message, also in the place of the last one, or change it as the desk that holds it',
    fails: ['state_conflict', 'turn_running'],
    access,
    audited: false,
    schemas: { params: idParams, body: messageWriteSchema },
    answer: storedMessageSchema,
    run: (context, { params, body }) => writeMessage(context, params.id, body),
  }),
];

const journal: Route[] = [
  readRoute({
    method: 'GET',
    path: '/chat/tool-calls',
    summary: 'Your tool calls in a state, oldest first',
    schemas: { query: longPageQuery.extend({ state: toolCallStateSchema.optional() }) },
    answer: pageOf(sessionToolCallSchema),
    run: (context, { query }) => listCalls(context, query),
  }),
  changeRoute({
    method: 'PUT',
    path: '/chat/tool-calls/:id',
    summary: 'Write a journal entry by compare-and-set on its state',
    fails: ['state_conflict', 'grant_gone'],
    access,
    audited: false,
    schemas: { params: idParams, body: journalWriteSchema },
    answer: sessionToolCallSchema,
    run: (context, { params, body }) => writeCall(context, params.id, body),
  }),
];

const grants: Route[] = [
  readRoute({
    method: 'GET',
    path: '/chat/grants',
    summary: 'Your standing approvals that still count, of one chat or all',
    schemas: { query: longPageQuery.extend({ session_id: z.uuid().optional() }) },
    answer: pageOf(grantSchema),
    run: async (context, { query }) => slicePage(ok(await listGrants(context, query.session_id)), query),
  }),
  changeRoute({
    method: 'POST',
    path: '/chat/grants',
    summary: 'Approve similar changes of a chat in advance, within the tenant’s limits',
    fails: ['validation_failed', 'forbidden', 'not_found'],
    schemas: { body: newGrantSchema },
    answer: grantSchema,
    status: 201,
    run: (context, { body }) => makeGrant(context, body),
  }),
  changeRoute({
    method: 'DELETE',
    path: '/chat/grants/:id',
    summary: 'Take a standing approval back',
    access,
    schemas: { params: idParams },
    answer: z.object({ revoked: z.boolean() }),
    run: (context, { params }) => revokeGrant(context, params.id),
  }),
];

const usage: Route[] = [
  readRoute({
    method: 'GET',
    path: '/chat/usage',
    summary: 'Tokens used and reserved in a month, this one unless another is named, and what one of your chats took',
    schemas: { query: chatUsageQuerySchema },
    answer: usageSchema,
    run: async (context, { query }) => ok(await readChatUsage(context, query)),
  }),
  readRoute({
    method: 'GET',
    path: '/chat/usage/months',
    summary: 'Tokens used month by month, by the company and by you',
    ...wholeList(monthUsageSchema),
    run: async (context, { query }) => slicePage(ok(await usageByMonth(context)), query),
  }),
  readRoute({
    method: 'GET',
    path: '/chat/usage/sessions',
    summary: 'Tokens that each of your chats took in a month',
    schemas: { query: longPageQuery.extend(usageQuerySchema.shape) },
    answer: pageOf(sessionUsageSchema),
    run: async (context, { query }) => slicePage(ok(await usageBySession(context, query.month)), query),
  }),
  changeRoute({
    method: 'POST',
    path: '/chat/usage/reservations',
    summary: 'Reserve an estimate before a model call',
    fails: ['ai_disabled', 'token_limit_reached'],
    access,
    audited: false,
    schemas: { body: reservationRequestSchema },
    answer: reservationSchema,
    status: 201,
    run: (context, { body }) => reserve(context, body.estimated_tokens),
  }),
  changeRoute({
    method: 'PUT',
    path: '/chat/usage/reservations/:id',
    summary: 'Settle a reservation with what was really used',
    access,
    audited: false,
    schemas: { params: idParams, body: settlementSchema },
    answer: reservationSchema,
    run: (context, { params, body }) => settle(context, params.id, body),
  }),
];

/** The chat store: messages, the journal of tool calls, and the month's tokens. */
export const chatRoutes: readonly Route[] = [...messages, ...journal, ...grants, ...usage];
