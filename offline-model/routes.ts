import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { findIntruder } from './access.ts';
import { findEndpoint, findWrongDeployment } from './endpoint.ts';
import { answerFault } from './faults/answer-fault.ts';
import { withoutFault, type FindFault } from './faults/fault.ts';
import { readBody } from './http-body.ts';
import { think } from './model.ts';
import type { OfflineModelOptions } from './options.ts';
import { sendStream } from './send-stream.ts';
import { complete } from './wire/complete.ts';
import { internalError } from './wire/errors.ts';
import type { WireError } from './wire/errors.ts';
import { responseBody } from './wire/response.ts';
import type { ChatRequest } from './wire/types.ts';
import { usageOf } from './wire/usage.ts';
import { readRequest } from './wire/validate-request.ts';

export interface HandleOptions extends OfflineModelOptions {
  /** Finds the fault that a message asks for; undefined: none can be asked for. */
  findFault?: FindFault | undefined;
}

/** Answers one HTTP request; never rejects. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: HandleOptions,
): Promise<void> {
  setHeaders(response, request.headers['x-ms-client-request-id']);
  try {
    const accepted = await accept(request, options);
    if (accepted.ok) await answer(accepted.value, response, options);
    else sendJson(response, accepted.error.status, accepted.error.body);
  } catch (error) {
    if (response.destroyed) return; // The caller hung up; there is nobody to tell.
    process.stderr.write(`offline model: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    if (response.headersSent) response.destroy();
    else sendJson(response, internalError.status, internalError.body);
  }
}

/** The checks in the service's order: caller and key, path, body, deployment, parameters. */
async function accept(
  request: IncomingMessage,
  options: OfflineModelOptions,
): Promise<{ ok: true; value: ChatRequest } | { ok: false; error: WireError }> {
  const intruder = findIntruder(request.headers, options.key);
  if (intruder !== undefined) return { ok: false, error: intruder };
  const endpoint = findEndpoint(request.method, request.url);
  if (!endpoint.ok) return endpoint;
  const body = await readBody(request);
  if (!body.ok) return body;
  const wrong = findWrongDeployment(endpoint.value, body.value, options.deployments);
  if (wrong !== undefined) return { ok: false, error: wrong };
  return readRequest(body.value);
}

async function answer(
  request: ChatRequest,
  response: ServerResponse,
  { delayMs, findFault }: HandleOptions,
): Promise<void> {
  const fault = findFault?.(request);
  let completion = await complete(think(findFault ? withoutFault(request) : request), request);
  if (fault !== undefined) {
    const end = await answerFault(fault, { request, response, completion });
    if (end.sent) return;
    ({ completion } = end);
  }
  if (request.stream) await sendStream(response, request, completion, delayMs);
  else sendJson(response, 200, responseBody(completion, await usageOf(request, completion)));
}

/** Headers that Azure's gateway puts on every answer. */
function setHeaders(response: ServerResponse, clientRequestId: string | string[] | undefined): void {
  const id = randomUUID();
  response.setHeader('apim-request-id', id);
  response.setHeader('x-request-id', id);
  response.setHeader('x-ms-region', 'offline');
  if (typeof clientRequestId === 'string') response.setHeader('x-ms-client-request-id', clientRequestId);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
