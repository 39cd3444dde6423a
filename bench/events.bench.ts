import WebSocket from 'ws';
import { orderSchema, pageOf, productSchema } from '../shared/domain/index.ts';
import { quantile, type Benchmark, type Figure } from './benchmark.ts';
import { openPipeline, type BenchPipeline } from './pipeline/open-pipeline.ts';

const LISTENERS = 200;
const RENDERS = 300;
const BAR_MS = 250;

interface Heard {
  /** Milliseconds from the change's commit to its receipt. */
  delays: number[];
  /** Each listener's last number and whether one was missing. */
  gaps: number;
  count: number;
}

/** Opens listeners that note how old each numbered event is when it comes. */
async function listen({ origin, operator }: BenchPipeline, many: number, heard: Heard): Promise<WebSocket[]> {
  const url = `${origin.replace('http', 'ws')}/api/events`;
  const sockets = Array.from({ length: many }, () => {
    return new WebSocket(url, { headers: { authorization: `Bearer ${operator.token ?? ''}` } });
  });
  await Promise.all(
    sockets.map((socket) => {
      let last: number | null = null;
      socket.on('message', (data) => {
        const event = JSON.parse(String(data)) as { type: string; seq?: number; at?: string };
        if (event.seq === undefined) return;
        if (last !== null && event.seq !== last + 1) heard.gaps += 1;
        last = event.seq;
        if (event.at === undefined) return;
        heard.count += 1;
        heard.delays.push(Date.now() - Date.parse(event.at));
      });
      return new Promise((resolve, reject) => {
        socket.once('open', resolve);
        socket.once('error', reject);
      });
    }),
  );
  return sockets;
}

/** Orders renders and waits for their end with so many listeners. */
async function renderWith(
  pipeline: BenchPipeline,
  listeners: number,
): Promise<Heard & { seconds: number; mb: number }> {
  const heard: Heard = { delays: [], gaps: 0, count: 0 };
  const sockets = await listen(pipeline, listeners, heard);
  const { operator } = pipeline;
  const found: string[] = [];
  for (let cursor = ''; found.length < RENDERS;) {
    const page = await operator.read(pageOf(productSchema), `/products?query=KL-62&limit=200${cursor}`);
    found.push(...page.items.map(({ id }) => id));
    cursor = `&cursor=${page.next_cursor ?? ''}`;
  }
  await pipeline.probe();
  const started = performance.now();
  const order = await operator.change(orderSchema, 'POST', '/orders', {
    product_ids: found.slice(0, RENDERS),
    output_type_name: 'Thumbnail',
    material_override: 'Steel-Bare',
  });
  for (;;) {
    const { lines } = await operator.read(orderSchema, `/orders/${order.id}`);
    if (lines.done + lines.failed === RENDERS) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const seconds = (performance.now() - started) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { mostMegabytes: mb } = await pipeline.probe();
  for (const socket of sockets) socket.close();
  return { ...heard, seconds, mb };
}

export const benchmark: Benchmark = {
  what: `events of ${RENDERS} renders to ${LISTENERS} listeners against one, from the start of the change to receipt`,
  run: async () => {
    const pipeline = await openPipeline({ products: 100_000, workers: 2 });
    try {
      const one = await renderWith(pipeline, 1);
      const many = await renderWith(pipeline, LISTENERS);
      const ratio = quantile(many.delays, 0.5) / quantile(one.delays, 0.5);
      const figures: Figure[] = [
        {
          name: `delay with ${LISTENERS} listeners, p95`,
          value: `${quantile(many.delays, 0.95)} ms (median ${quantile(many.delays, 0.5)}), one listener ${quantile(one.delays, 0.95)} ms (median ${quantile(one.delays, 0.5)}); x ${ratio.toFixed(2)}`,
          bar: `${BAR_MS} ms`,
          held: quantile(many.delays, 0.95) <= BAR_MS,
        },
        {
          name: 'events delivered',
          value: `${many.count} in ${many.seconds.toFixed(1)} s, ${(many.count / many.seconds).toFixed(0)}/s, ${many.mb.toFixed(0)} MB (one listener: ${one.mb.toFixed(0)} MB), renders x ${(many.seconds / one.seconds).toFixed(2)} as long`,
          bar: 'none missing',
          held: many.gaps === 0 && one.gaps === 0 && many.count >= one.count * LISTENERS * 0.9,
        },
      ];
      return figures;
    } finally {
      await pipeline.stop();
    }
  },
};
