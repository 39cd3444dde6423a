import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { breaksOnPurpose } from '../conformance/recorder.ts';

export interface WireRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

export interface WireServer {
  origin: string;
  readonly requests: WireRequest[];
  close(): Promise<void>;
}

export type WireAnswer = (response: ServerResponse, request: WireRequest) => void;

/** A model endpoint on loopback that answers as each test wants, the last answer for all further requests. */
export async function startWireServer(...answers: WireAnswer[]): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      requests.push(seen);
      answers[Math.min(requests.length, answers.length) - 1]?.(response, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
}

/** An answer that a test breaks on purpose: it is not held against the schemas. */
export function broken(answer: WireAnswer): WireAnswer {
  return (response, request) => {
    breaksOnPurpose(response);
    return answer(response, request);
  };
}

/** Streams these frames as server-sent events; a string goes out as it is. */
export function sse(...frames: unknown[]): WireAnswer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const frame of frames) response.write(frameText(frame));
    response.end('data: [DONE]\n\n');
  };
}

export function frameText(frame: unknown): string {
  return typeof frame === 'string' ? frame : `data: ${JSON.stringify(frame)}\n\n`;
}

/** What every frame of a service carries. */
const ENVELOPE = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_750_000_000, model: 'gpt-test' };

export function delta(fields: object, finish: string | null = null): object {
  return { ...ENVELOPE, choices: [{ index: 0, delta: fields, finish_reason: finish }] };
}

/** The last frame of a stream: the tokens used. */
export function usageFrame(prompt: number, completion: number): object {
  const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  return { ...ENVELOPE, choices: [], usage };
}

export function refusal(status: number, body: unknown, headers: Record<string, string> = {}): WireAnswer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
