import { randomUUID } from 'node:crypto';
import type { ConnectionState } from '../../shared/contract/index.ts';
import type { DryRun, PipelineEvent } from '../../shared/domain/index.ts';
import { fail, type Result } from '../../shared/errors/index.ts';
import { authRoutes } from './auth-routes.ts';
import { dryRun, runChange, type PipelineChange, type SendChange } from './changes.ts';
import { chatRoutes, type ChatRoutes } from './chat-routes.ts';
import { openEventStream, type EventStream } from './events.ts';
import { createPipelineHttp, type PipelineBytes } from './http.ts';
import { pipelineReads, type PipelineReads } from './reads.ts';

export interface PipelineClient {
  readonly origin: string;
  readonly auth: ReturnType<typeof authRoutes>;
  readonly read: PipelineReads;
  readonly chat: ChatRoutes;
  /** A change's effect, worked out by the pipeline and not done. */
  dryRun(change: PipelineChange<unknown>, signal?: AbortSignal): Promise<Result<DryRun>>;
  change<T>(change: PipelineChange<T>, send: SendChange): Promise<Result<T>>;
  image(renderId: string, variant: 'image' | 'thumbnail'): Promise<Result<PipelineBytes>>;
  setToken(token: string | null): void;
  /** Follows state changes; `unauthorized` while nobody is signed in. */
  events(onEvent: (event: PipelineEvent) => void, onConnection: (state: ConnectionState) => void): Result<EventStream>;
  close(): void;
}

/** A client of one pipeline's REST API and event stream, carrying one user's token. */
export function createPipelineClient(url: URL): PipelineClient {
  const http = createPipelineHttp(url);
  return {
    origin: http.origin,
    auth: authRoutes(http),
    read: pipelineReads(http),
    chat: chatRoutes(http),
    dryRun: (change, signal) => dryRun(http, change, { key: randomUUID(), origin: 'click', signal }),
    change: (change, send) => runChange(http, change, send),
    image: (renderId, variant) => http.bytes(`/renders/${encodeURIComponent(renderId)}/${variant}`),
    setToken: (token) => http.setToken(token),
    events: (onEvent, onConnection) => {
      const token = http.token();
      if (token === null) return fail('unauthorized');
      const address = new URL('/api/events', url);
      address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
      return { ok: true, value: openEventStream({ url: address, token, onEvent, onConnection }) };
    },
    close: () => http.close(),
  };
}
