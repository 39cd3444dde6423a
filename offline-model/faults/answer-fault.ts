import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { FrameMaker } from '../wire/frames.ts';
import { callId } from '../wire/ids.ts';
import type { ChatRequest, Completion } from '../wire/types.ts';
import type { FaultName } from './fault.ts';

/** Seconds that a rate limit asks to wait, and that a slow answer says nothing. */
const RETRY_AFTER_S = 1;
const SLOW_MS = 5_000;

/** What a fault leaves of an answer: nothing more to send, or the completion to go on with. */
export type FaultEnd = { sent: true } | { sent: false; completion: Completion };

/** Makes an answer go wrong as the service's answers do. */
export async function answerFault(
  fault: FaultName,
  { request, response, completion }: { request: ChatRequest; response: ServerResponse; completion: Completion },
): Promise<FaultEnd> {
  switch (fault) {
    case 'rate_limit':
      response.setHeader('retry-after', String(RETRY_AFTER_S));
      return refuse(response, 429, {
        code: '429',
        message: 'Requests have exceeded the call rate limit. Retry later.',
      });
    case 'content_filter':
      return refuse(response, 400, {
        message: 'The response was filtered due to the prompt triggering the content management policy.',
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
      });
    case 'cut_stream':
      return cutStream(request, response, completion);
    case 'bad_arguments':
      return { sent: false, completion: withBadArguments(request, completion) };
    case 'endless_loop':
      return { sent: false, completion: anotherLook(request, completion) };
    case 'slow':
      await sleep(SLOW_MS);
      // Whoever gave up waiting is told nothing any more.
      return response.destroyed ? { sent: true } : { sent: false, completion };
  }
}

function refuse(response: ServerResponse, status: number, error: object): FaultEnd {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify({ error }));
  return { sent: true };
}

/** The first frames, then nothing: the connection breaks in the middle of the answer. */
function cutStream(request: ChatRequest, response: ServerResponse, completion: Completion): FaultEnd {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const frames = [...new FrameMaker(request.includeUsage).frames(completion)];
  for (const { data } of frames.slice(0, Math.ceil(frames.length / 2))) {
    response.write(`data: ${JSON.stringify(data)}\n\n`);
  }
  response.socket?.end();
  return { sent: true };
}

/** Calls whose arguments are no JSON; an answer in words calls a tool nobody offered. */
function withBadArguments(request: ChatRequest, completion: Completion): Completion {
  const name = request.tools[0]?.name ?? 'no_such_tool';
  const calls = completion.calls.length > 0 ? completion.calls : [{ id: callId(), name, arguments: '' }];
  return {
    content: null,
    calls: calls.map((call) => ({ ...call, arguments: '{"order_id": ' })),
    finishReason: 'tool_calls',
  };
}

/** Looks once more instead of ever answering. */
function anotherLook(request: ChatRequest, completion: Completion): Completion {
  const look = request.tools.find(({ name }) => name.startsWith('list_'));
  if (look === undefined) return completion;
  return { content: null, calls: [{ id: callId(), name: look.name, arguments: '{}' }], finishReason: 'tool_calls' };
}
