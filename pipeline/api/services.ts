import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/index.ts';
import type { AttemptLimit, BearerCheck } from '../domain/accounts/index.ts';
import type { RenderQueue } from '../domain/context.ts';
import type { Sweeper } from '../domain/retention/index.ts';
import type { QueryRunner } from '../query/index.ts';
import type { ImageStore } from '../store/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { EventHub } from './events/hub.ts';
import type { HealthCheck } from './health.ts';

/** Everything the routes work with; made once when the server starts. */
export interface Services {
  database: Database;
  bearer: BearerCheck;
  queue: RenderQueue;
  store: ImageStore;
  query: QueryRunner;
  attempts: AttemptLimit;
  events: EventHub;
  sweeper: Sweeper;
  health: HealthCheck;
  metrics: Metrics;
  /** Secret of `DATA/run.json` for local sign-in; null without a data directory. */
  localSecret: string | null;
  log: FastifyBaseLogger;
}
