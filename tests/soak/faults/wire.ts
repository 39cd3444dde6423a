import type { IncomingMessage, ServerResponse } from 'node:http';
import { breaksOnPurpose } from '../../helpers/conformance/index.ts';

/** One way a model endpoint answers a request for a streamed completion. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** An answer that is none by the service's own schemas: it is counted, and not held against them. */
export const broken =
  (answer: Answer): Answer =>
  (response, request) => {
    breaksOnPurpose(response);
    return answer(response, request);
  };

/** One streamed chunk as Azure sends it. */
export function chunk(delta: unknown, finish: string | null = null, more: object = {}): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return frame({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more });
}

export const frame = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
export const done = 'data: [DONE]\n\n';
export const usage = (prompt: unknown, completion: unknown): string =>
  chunk({}, null, { choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: 0 } });

/** Begins a stream of events. */
export function open(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'apim-request-id': 'req-1' });
}

/** A stream of these frames, then its end. */
export const stream =
  (...frames: readonly string[]): Answer =>
  (response) => {
    open(response);
    for (const text of frames) response.write(text);
    response.end();
  };

/** A plain answer with this status and body. */
export const plain =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/html' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(text);
  };

/** The error envelope of Azure OpenAI. */
export const azureError = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer => plain(status, { error: { code, message } }, headers);

/** What a healthy model says. */
export const goodAnswer: Answer = stream(
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'All is ' }),
  chunk({ content: 'well.' }),
  chunk({}, 'stop'),
  usage(100, 5),
  done,
);

/** The fragments of one tool call. */
export function toolCall(call: object, finish = 'tool_calls'): string[] {
  return [
    chunk({ role: 'assistant', content: null }),
    chunk({ tool_calls: [call] }),
    chunk({}, finish),
    usage(100, 9),
    done,
  ];
}

/** Sends the same piece for as long as somebody reads; stops with the connection. */
export function pour(response: ServerResponse, piece: string): void {
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}
