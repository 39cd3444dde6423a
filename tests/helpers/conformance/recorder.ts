import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { WireRecord } from './records.ts';

/**
 * Where the conversations with models are written: a directory that the test runner names. A program without it records
 * nothing. This module is loaded into every program of a test (`process-group.ts`), so it imports nothing but Node.
 */
const DIRECTORY = 'RENDERDESK_WIRE_RECORDS';
const PATH = /\/chat\/completions(\?|$)/;
/** On symbols of the whole process: a test runner may load this module more than once. */
const STARTED = Symbol.for('renderdesk.wire.recording');
const BROKEN = Symbol.for('renderdesk.wire.broken');

type Marked = ServerResponse & { [BROKEN]?: boolean };

/** Says of an answer that the test breaks it on purpose: it is counted, and not held against the schemas. */
export function breaksOnPurpose(response: ServerResponse): void {
  (response as Marked)[BROKEN] = true;
}

/** The file of this process. */
let file: string | undefined;

/** Adds to the records of this process; nothing is recorded where no test runner asked for it. */
export function record(one: WireRecord): void {
  const directory = process.env[DIRECTORY];
  if (directory === undefined) return;
  mkdirSync(directory, { recursive: true });
  if (file?.startsWith(directory) !== true) file = join(directory, `${String(process.pid)}-${randomUUID()}.jsonl`);
  appendFileSync(file, `${JSON.stringify(one)}\n`);
}

/** Records what every HTTP server of this process is asked for and answers as a model: what is on the wire, in both directions. */
export function startRecording(): void {
  const shared = globalThis as { [STARTED]?: boolean };
  if (process.env[DIRECTORY] === undefined || shared[STARTED] === true) return;
  shared[STARTED] = true;
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (request.method !== 'POST' || !PATH.test(request.url ?? '')) return;
    const id = randomUUID();
    watchRequest(id, request);
    watchResponse(id, response);
  });
}

/** Looks at the body as it comes in, before anybody reads it: to listen for it would start it for its reader too early. */
function watchRequest(id: string, request: IncomingMessage): void {
  const pieces: Buffer[] = [];
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, ...rest: never[]) => {
    if (chunk !== null) pieces.push(Buffer.from(chunk));
    else {
      const { url = '', headers } = request;
      const body = Buffer.concat(pieces).toString('utf8');
      record({ kind: 'request', id, url, client: headers['user-agent'] ?? '', body });
    }
    return push(chunk, ...rest);
  };
}

function watchResponse(id: string, response: ServerResponse): void {
  const pieces: Buffer[] = [];
  let isTold = false;
  const tell = (ended: boolean): void => {
    if (isTold) return;
    isTold = true;
    const broken = (response as Marked)[BROKEN] === true;
    const text = broken ? '' : Buffer.concat(pieces).toString('utf8');
    const status = response.headersSent ? response.statusCode : 0;
    record({ kind: 'answer', id, status, text, ended, broken });
  };
  const keep = (chunk: unknown): void => {
    if ((response as Marked)[BROKEN] === true) return;
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) pieces.push(Buffer.from(chunk));
  };
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  response.write = (...args: unknown[]) => {
    keep(args[0]);
    return write(...args);
  };
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.end = (...args: unknown[]) => {
    keep(args[0]);
    const ended = end(...args);
    tell(true);
    return ended;
  };
  response.once('close', () => tell(false));
}

startRecording();
