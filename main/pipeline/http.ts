import { ClientRequest } from 'node:http';
import axios, { type AxiosError, type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { fail, fromProblem, ok, problemSchema, type Failure, type Result } from '../../shared/errors/index.ts';
import { parseJson } from '../../shared/json/index.ts';
import { transportReason, transportSentence, type Network, type TransportReason } from '../network/index.ts';

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

/** Failures after which the same pipeline may be reached again: found anew, or signed in to anew. */
export type Lost = 'pipeline_unreachable' | 'unauthorized';

/**
 * Tries to get the pipeline back; true where a request is worth repeating. A repeated change counts once: it carries
 * its idempotency key.
 */
export type Recover = (lost: Lost) => Promise<boolean>;

export interface PipelineHttp {
  readonly origin: string;
  /** The pipeline is elsewhere now: restarted on another port. */
  moveTo(url: URL): void;
  recoverWith(recover: Recover): void;
  recover: Recover;
  send<T>(request: PipelineRequest<T>): Promise<Result<T>>;
  bytes(path: string): Promise<Result<PipelineBytes>>;
  token(): string | null;
  setToken(token: string | null): void;
}

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Carries requests to one pipeline with the token of whoever is signed in. Never follows a redirect with it. */
export function createPipelineHttp(url: URL, network: Network): PipelineHttp {
  let origin = url.origin;
  let token: string | null = null;
  let recover: Recover = () => Promise.resolve(false);
  const client = axios.create({
    baseURL: apiOf(url),
    timeout: TIMEOUT_MS,
    maxRedirects: 0,
    maxContentLength: MAX_BYTES,
    maxBodyLength: MAX_BYTES,
    validateStatus: () => true,
    ...wayOf(url, network),
  });
  const authorization = (): Record<string, string> => (token === null ? {} : { Authorization: `Bearer ${token}` });
  return {
    get origin() {
      return origin;
    },
    moveTo: (next) => {
      origin = next.origin;
      client.defaults.baseURL = apiOf(next);
    },
    recoverWith: (next) => {
      recover = next;
    },
    recover: (lost) => recover(lost),
    send: async (request) => {
      const answer = await send(client, request, authorization());
      // Signing in is how one recovers; it must not wait for itself.
      const lost = answer.ok || request.path.startsWith('/auth/') ? undefined : lostBy(answer.failure);
      return lost && (await recover(lost)) ? send(client, request, authorization()) : answer;
    },
    bytes: (path) => fetchBytes(client, path, authorization()),
    token: () => token,
    setToken: (next) => {
      token = next;
    },
  };
}

/** How axios reaches the pipeline. Through `fetch` only where it has to: its other way takes half the time a request. */
function wayOf(url: URL, network: Network): AxiosRequestConfig {
  // A null keeps axios from wrapping what it sends in a Request of its own.
  if (network.needsFetch(url)) return { adapter: 'fetch', env: { fetch: network.fetch, Request: null } as never };
  const { http, https } = network.agents;
  return { adapter: 'http', httpAgent: http, httpsAgent: https, proxy: false };
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
  for (let isRepeated = false; ; isRepeated = true) {
    try {
      return ok(await request());
    } catch (error) {
      if (!axios.isAxiosError(error)) throw error;
      if (error.code === 'ERR_CANCELED') return fail('stopped');
      if (isRepeated || !wasClosedMeanwhile(error)) return fail('pipeline_unreachable', ...whyUnreachable(error));
    }
  }
}

/**
 * A kept connection that the server closed in the moment we used it again, which it may at any time; the request is worth
 * another one (Node's `reusedSocket` says how to tell). Should it have been read after all, its key or what it puts makes it count once.
 */
function wasClosedMeanwhile({ code, request }: AxiosError): boolean {
  return (code === 'ECONNRESET' || code === 'EPIPE') && request instanceof ClientRequest && request.reusedSocket;
}

/** Reasons that are about the way there: the usual sentence, to see whether it runs, would mislead. */
const ABOUT_THE_WAY: ReadonlySet<TransportReason> = new Set([
  'dns',
  'certificate_authority',
  'certificate_name',
  'certificate_date',
  'tls',
  'proxy',
  'proxy_auth',
  'redirect',
]);

function whyUnreachable({ code, message, cause }: AxiosError): [string | undefined, Pick<Failure, 'details'>] {
  const below = cause instanceof Error ? [cause.message, 'code' in cause ? String(cause.code) : ''] : [];
  const way = transportReason([message, code ?? '', ...below]);
  const sentence = ABOUT_THE_WAY.has(way) ? transportSentence(way, 'The render pipeline') : undefined;
  return [sentence, { details: { reason: code ?? 'unknown', way } }];
}

/** Of a server that is closing, or of a proxy that finds none, with no problem document: whatever was asked is not known to be done. */
const NOBODY_THERE: readonly number[] = [502, 503, 504];

function failureOf(status: number, body: unknown): Result<never> {
  const problem = problemSchema.safeParse(body);
  if (problem.success) return { ok: false, failure: fromProblem(problem.data) };
  if (status === 401) return fail('unauthorized');
  if (NOBODY_THERE.includes(status)) return fail('pipeline_unreachable', undefined, { details: { status } });
  return fail('internal_error', `The pipeline answered with status ${String(status)}.`);
}

function lostBy({ code }: Failure): Lost | undefined {
  return code === 'pipeline_unreachable' || code === 'unauthorized' ? code : undefined;
}

function apiOf(url: URL): string {
  const base = url.pathname.endsWith('/') ? url : new URL(`${url.href}/`);
  return new URL('api', base).href;
}
