import { randomUUID } from 'node:crypto';
import type { ConnectionState } from '../../shared/contract/index.ts';
import type { DryRun, PipelineEvent } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { directNetwork, type Network } from '../network/index.ts';
import { authRoutes } from './auth-routes.ts';
import { dryRun, runChange, type EffectRowsQuery, type PipelineChange, type SendChange } from './changes.ts';
import { chatRoutes, type ChatRoutes } from './chat-routes.ts';
import { openEventStream, type EventStream } from './events.ts';
import { createPipelineHttp, type PipelineBytes, type Recover } from './http.ts';
import { pipelineReads, type PipelineReads } from './reads.ts';

export interface PipelineClient {
  readonly origin: string;
  moveTo(url: URL): void;
  /** Sets how to get a lost pipeline back. */
  recoverWith(recover: Recover): void;
  readonly auth: ReturnType<typeof authRoutes>;
  readonly read: PipelineReads;
  readonly chat: ChatRoutes;
  /** A change's effect, worked out by the pipeline and not done. */
  dryRun(change: PipelineChange<unknown>, signal?: AbortSignal): Promise<Result<DryRun>>;
  /** The same with a page of the rows behind its numbers. */
  dryRunRows(change: PipelineChange<unknown>, rows: EffectRowsQuery): Promise<Result<DryRun>>;
  change<T>(change: PipelineChange<T>, send: SendChange): Promise<Result<T>>;
  image(renderId: string, variant: 'image' | 'thumbnail'): Promise<Result<PipelineBytes>>;
  setToken(token: string | null): void;
  /** Follows state changes; `unauthorized` while nobody is signed in. */
  events(onEvent: (event: PipelineEvent) => void, onConnection: (state: ConnectionState) => void): Result<EventStream>;
}

/** A client of one pipeline's REST API and event stream, carrying one user's token. */
export function createPipelineClient(url: URL, network: Network = directNetwork()): PipelineClient {
  const http = createPipelineHttp(url, network);
  return {
    get origin() {
      return http.origin;
    },
    moveTo: (next) => http.moveTo(next),
    recoverWith: (recover) => http.recoverWith(recover),
    auth: authRoutes(http),
    read: pipelineReads(http),
    chat: chatRoutes(http),
    dryRun: (change, signal) => dryRun(http, change, { key: randomUUID(), origin: 'click', signal }),
    dryRunRows: (change, rows) => dryRun(http, change, { key: randomUUID(), origin: 'click', rows }),
    change: (change, send) => runChange(http, change, send),
    image: (renderId, variant) => http.bytes(`/renders/${encodeURIComponent(renderId)}/${variant}`),
    setToken: (token) => http.setToken(token),
    events: (onEvent, onConnection) => {
      if (http.token() === null) return fail('unauthorized');
      const address = (): URL => eventsAddress(http.origin);
      const onLost = (): Promise<boolean> => http.recover('pipeline_unreachable');
      const { agents } = network;
      return ok(openEventStream({ address, agents, token: () => http.token(), onEvent, onConnection, onLost }));
    },
  };
}

function eventsAddress(origin: string): URL {
  const address = new URL('/api/events', origin);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address;
}
