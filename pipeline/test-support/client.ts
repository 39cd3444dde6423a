import { randomUUID } from 'node:crypto';
import type { z } from 'zod';

/** What the API answered. */
export interface Answer {
  status: number;
  /** Parsed JSON, or the text where it is none. */
  body: unknown;
  headers: Headers;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  /** Idempotency key of a change; a new one unless given, none for null. */
  key?: string | null;
}

/** A client of the API that sends exactly what a test says. */
export interface Client {
  token: string | null;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** The body of a GET that must succeed, read with its schema. */
  read<S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>>;
  /** The body of a change that must succeed, read with its schema. */
  change<S extends z.ZodType>(schema: S, method: string, path: string, body?: unknown): Promise<z.output<S>>;
  bytes(path: string): Promise<Buffer>;
  signIn(email: string, password: string): Promise<Client>;
}

/** A client of the pipeline at this origin, with a token or without. */
export function createClient(origin: string, token: string | null = null): Client {
  const send = (method: string, path: string, options: CallOptions): Promise<Response> =>
    fetch(`${origin}/api${path}`, {
      method,
      headers: headersOf(method, options, token),
      ...(options.body === undefined ? {} : { body: textOf(options.body) }),
    });
  const call: Client['call'] = async (method, path, options = {}) => {
    const response = await send(method, path, options);
    return { status: response.status, body: parse(await response.text()), headers: response.headers };
  };
  const succeed = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await call(method, path, { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    token,
    call,
    get: (path) => call('GET', path),
    read: async (schema, path) => schema.parse(await succeed('GET', path)),
    change: async (schema, method, path, body) => schema.parse(await succeed(method, path, body)),
    bytes: async (path) => Buffer.from(await (await send('GET', path, {})).arrayBuffer()),
    signIn: async (email, password) => {
      const answer = (await succeed('POST', '/auth/login', { email, password })) as { token: string };
      return createClient(origin, answer.token);
    },
  };
}

function headersOf(method: string, { body, headers, key }: CallOptions, token: string | null): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(method === 'GET' || key === null ? {} : { 'idempotency-key': key ?? randomUUID() }),
    ...headers,
  };
}

/** A text goes out as it is, so that a test can send what is no JSON. */
function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
