import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { fail, fromProblem, ok, problemSchema, type Result } from '../../shared/errors/index.ts';
import { isLoopback } from './address.ts';

/** One request to the pipeline, relative to its `/api`. */
export interface PipelineRequest<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** What the answer must look like; anything else is a failure, not a surprise later. */
  answer: z.ZodType<T>;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** Bytes of an answer that is not JSON. */
export interface PipelineBytes {
  bytes: Uint8Array;
  contentType: string;
  etag: string | null;
}

export interface PipelineHttp {
  readonly origin: string;
  send<T>(request: PipelineRequest<T>): Promise<Result<T>>;
  bytes(path: string): Promise<Result<PipelineBytes>>;
  token(): string | null;
  setToken(token: string | null): void;
  close(): void;
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Carries requests to one pipeline with the token of whoever is signed in. Never follows a redirect with it. */
export function createPipelineHttp(url: URL): PipelineHttp {
  const httpAgent = new HttpAgent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  let token: string | null = null;
  const client = axios.create({
    baseURL: new URL('api', withSlash(url)).href,
    timeout: TIMEOUT_MS,
    maxRedirects: 0,
    maxContentLength: MAX_BYTES,
    maxBodyLength: MAX_BYTES,
    validateStatus: () => true,
    httpAgent,
    httpsAgent,
    ...(isLoopback(url.hostname) ? { proxy: false as const } : {}),
  });
  const authorization = (): Record<string, string> => (token === null ? {} : { Authorization: `Bearer ${token}` });
  return {
    origin: url.origin,
    send: (request) => send(client, request, authorization()),
    bytes: (path) => fetchBytes(client, path, authorization()),
    token: () => token,
    setToken: (next) => {
      token = next;
    },
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

async function send<T>(
  client: AxiosInstance,
  request: PipelineRequest<T>,
  authorization: Record<string, string>,
): Promise<Result<T>> {
  const response = await perform(() =>
    client.request<unknown>({
      method: request.method,
      url: request.path,
      headers: { Accept: 'application/json', ...request.headers, ...authorization },
      ...(request.query ? { params: request.query } : {}),
      ...(request.body === undefined ? {} : { data: request.body }),
      ...(request.signal ? { signal: request.signal } : {}),
      ...(request.timeoutMs === undefined ? {} : { timeout: request.timeoutMs }),
    }),
  );
  if (!response.ok) return response;
  const { status, data } = response.value;
  if (status < 200 || status > 299) return failureOf(status, data);
  const parsed = request.answer.safeParse(status === 204 ? undefined : data);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const where = issue ? ` (${issue.path.join('.')}: ${issue.message})` : '';
  return fail('internal_error', `The pipeline gave an unexpected answer to ${request.method} ${request.path}${where}.`);
}

async function fetchBytes(
  client: AxiosInstance,
  path: string,
  headers: Record<string, string>,
): Promise<Result<PipelineBytes>> {
  const response = await perform(() => client.get<ArrayBuffer>(path, { headers, responseType: 'arraybuffer' }));
  if (!response.ok) return response;
  const { status, data, headers: got } = response.value;
  if (status !== 200) return failureOf(status, parseJson(Buffer.from(data).toString('utf8')));
  const header = (name: string): string | null => (typeof got[name] === 'string' ? got[name] : null);
  const contentType = header('content-type') ?? 'application/octet-stream';
  return ok({ bytes: new Uint8Array(data), contentType, etag: header('etag') });
}

/** No answer at all is a failure; axios' own errors hold the request with its token, so they go no further. */
async function perform<T>(request: () => Promise<AxiosResponse<T>>): Promise<Result<AxiosResponse<T>>> {
  try {
    return ok(await request());
  } catch (error) {
    if (!axios.isAxiosError(error)) throw error;
    if (error.code === 'ERR_CANCELED') return fail('stopped');
    return fail('pipeline_unreachable', undefined, { details: { reason: error.code ?? 'unknown' } });
  }
}

function failureOf(status: number, body: unknown): Result<never> {
  const problem = problemSchema.safeParse(body);
  if (problem.success) return { ok: false, failure: fromProblem(problem.data) };
  if (status === 401) return fail('unauthorized');
  return fail('internal_error', `The pipeline answered with status ${String(status)}.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withSlash(url: URL): URL {
  return url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
}
