import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Renderer } from '../render/index.ts';
import { backendGauges, type Backend } from './backend-gauges.ts';

/** Figures of one process for Prometheus. No label names a tenant, a user or anything of theirs. */
export interface Metrics {
  /** `route` is the template (`/api/orders/:ref`), never an address. */
  observeRequest(request: { route: string; method: string; status: number; seconds: number }): void;
  /** The renderer, with its work counted and timed. */
  measured(renderer: Renderer): Renderer;
  countQuery(outcome: string): void;
  /** Everything as Prometheus text; what the database knows is read now. */
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricsOptions {
  backend: Backend;
  /** Who listens to events in this process; left out where nobody can. */
  listeners?: () => number;
  onError: (error: unknown) => void;
}

/** A registry of its own, so that several pipelines in one process do not mix. */
export function createMetrics({ backend, listeners, onError }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'renderdesk_http_request_duration_seconds',
    help: 'Requests by route template, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const queries = new Counter({
    name: 'renderdesk_query_runs_total',
    help: 'Runs of POST /query by outcome: ok, or the code of its problem',
    labelNames: ['outcome'],
    registers,
  });
  if (listeners !== undefined) {
    new Gauge({
      name: 'renderdesk_event_listeners',
      help: 'Open event streams of this process',
      registers,
      collect() {
        this.set(listeners());
      },
    });
  }
  const readBackend = backendGauges(backend, registers, onError);
  return {
    observeRequest: ({ route, method, status, seconds }) => {
      requests.observe({ route, method, status }, seconds);
    },
    measured: measureWith(registers),
    countQuery: (outcome) => {
      queries.inc({ outcome });
    },
    text: async () => {
      await readBackend();
      return await registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function measureWith(registers: Registry[]): (renderer: Renderer) => Renderer {
  const running = new Gauge({
    name: 'renderdesk_renders_running',
    help: 'Renders that run in this process',
    registers,
  });
  const durations = new Histogram({
    name: 'renderdesk_render_duration_seconds',
    help: 'Renders of this process by renderer and outcome: done, or the code of the failure',
    labelNames: ['renderer', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  });
  return (renderer) => ({
    name: renderer.name,
    render: async (request, options) => {
      const started = performance.now();
      running.inc();
      let outcome = 'error';
      try {
        const image = await renderer.render(request, options);
        outcome = image.ok ? 'done' : image.failure.code;
        return image;
      } finally {
        running.dec();
        durations.observe({ renderer: renderer.name, outcome }, (performance.now() - started) / 1000);
      }
    },
  });
}
