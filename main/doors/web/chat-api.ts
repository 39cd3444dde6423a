import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OperationRequest, TurnOutcome } from '../../../shared/contract/index.ts';
import { failure, type Failure, type Result } from '../../../shared/errors/index.ts';
import type { Desk } from '../../desk-types.ts';
import { sendProblem, sendResult } from './answers.ts';
import { eventStreamReply } from './event-stream.ts';

type IdParams = { Params: { id: string } };

/** The Chat API (DESIGN.md 4.3): the desk's chat operations in the shapes of a plain HTTP API. */
export function chatApi(app: FastifyInstance, desk: Desk): void {
  app.post('/api/chat/messages', async (request, reply) => {
    if (!isFields(request.body)) return sendProblem(reply, failure('bad_request'));
    // Taken over whole: the desk checks it and names the fields that are wrong.
    const message = request.body as unknown as Parameters<Desk['send']>[0];
    if (!accepts(request.headers.accept, 'text/event-stream')) {
      return sendOutcome(reply, await desk.send(message, {}));
    }
    const stream = eventStreamReply(reply);
    const outcome = await desk.send(message, { onEvent: (event) => stream.send(event) });
    return stream.end() ? reply : sendOutcome(reply, outcome);
  });

  app.get('/api/chat/approvals', async (_request, reply) => sendResult(reply, await desk.call('chat.approvals', {})));

  app.post<IdParams>('/api/chat/approvals/:id', async (request, reply) => {
    if (!isFields(request.body)) return sendProblem(reply, failure('bad_request'));
    return sendResult(reply, await desk.call('chat.decide', { ...request.body, id: request.params.id }));
  });

  app.post('/api/chat/approvals', async (request, reply) => {
    if (!isFields(request.body)) return sendProblem(reply, failure('bad_request'));
    const decision = request.body as unknown as OperationRequest<'chat.decide_all'>;
    return sendResult(reply, await desk.call('chat.decide_all', decision));
  });

  sessionRoutes(app, desk);
}

/** The user's sessions: listed, searched, renamed, pinned, exported, answered anew, stopped and deleted. */
function sessionRoutes(app: FastifyInstance, desk: Desk): void {
  app.get('/api/chat/sessions', async (request, reply) =>
    sendResult(reply, await desk.call('chat.sessions', request.query)),
  );

  app.patch<IdParams>('/api/chat/sessions/:id', async (request, reply) => {
    if (!isFields(request.body)) return sendProblem(reply, failure('bad_request'));
    return sendResult(reply, await desk.call('chat.change', { ...request.body, session_id: request.params.id }));
  });

  app.get<IdParams & { Querystring: { format?: string } }>('/api/chat/sessions/:id/export', async (request, reply) => {
    const { format = 'markdown' } = request.query;
    const file = await desk.call('chat.export', { session_id: request.params.id, format });
    if (!file.ok) return sendProblem(reply, file.failure);
    const { file_name, media_type, text } = file.value;
    return reply
      .header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file_name)}`)
      .type(`${media_type}; charset=utf-8`)
      .send(text);
  });

  app.post<IdParams>('/api/chat/sessions/:id/regenerate', async (request, reply) =>
    sendOutcome(reply, await desk.call('chat.regenerate', { session_id: request.params.id })),
  );

  app.get<IdParams>('/api/chat/sessions/:id/messages', async (request, reply) =>
    sendResult(reply, await desk.call('chat.messages', { session_id: request.params.id })),
  );

  app.post<IdParams>('/api/chat/sessions/:id/stop', async (request, reply) =>
    sendResult(reply, await desk.call('chat.stop', { session_id: request.params.id })),
  );

  app.delete<IdParams>('/api/chat/sessions/:id', async (request, reply) =>
    sendResult(reply, await desk.call('chat.delete', { session_id: request.params.id })),
  );
}

/** The outcome of a turn; one that the month's limit or the tenant's switch kept from beginning is refused as such. */
function sendOutcome(reply: FastifyReply, outcome: Result<TurnOutcome>): FastifyReply {
  const refused = outcome.ok ? refusalIn(outcome.value) : undefined;
  return refused ? sendProblem(reply, refused) : sendResult(reply, outcome);
}

function refusalIn({ error, response }: TurnOutcome): Failure | undefined {
  const isRefusal = error?.code === 'token_limit_reached' || error?.code === 'ai_disabled';
  return isRefusal && response === null ? error : undefined;
}

function accepts(header: string | undefined, type: string): boolean {
  return (header ?? '').split(',').some((part) => part.split(';')[0]?.trim() === type);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
