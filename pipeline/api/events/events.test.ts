import { beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { orderSchema, pipelineEventSchema, type PipelineEvent, type StateEvent } from '../../../shared/domain/index.ts';
import type { Client } from '../../test-support/client.ts';
import { productIds, untilFinished } from '../../test-support/orders.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline();
let operator: Client;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
});

interface Stream {
  events: PipelineEvent[];
  until(condition: (events: PipelineEvent[]) => boolean): Promise<void>;
  close(): void;
}

/** Listens as this client and checks every event against the contract. */
async function listen(client: Client, since?: number): Promise<Stream> {
  const query = since === undefined ? '' : `?since=${since}`;
  const socket = new WebSocket(`${pipeline().origin.replace('http', 'ws')}/api/events${query}`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  const events: PipelineEvent[] = [];
  let check: () => void = () => undefined;
  socket.on('message', (data) => {
    events.push(pipelineEventSchema.parse(JSON.parse(String(data))));
    check();
  });
  const until: Stream['until'] = (condition) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`only got ${JSON.stringify(events.slice(-3))}`));
      }, 15_000);
      check = () => {
        if (!condition(events)) return;
        clearTimeout(timer);
        resolve();
      };
      check();
    });
  const stream = { events, until, close: () => socket.close() };
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  await until((all) => all.length > 0);
  return stream;
}

function numbered(events: readonly PipelineEvent[]): StateEvent[] {
  return events.filter((event): event is StateEvent => 'at' in event);
}

async function smallOrder(): Promise<string> {
  const body = {
    product_ids: await productIds(operator, 'query=6205&limit=4'),
    output_type_name: 'Thumbnail',
    render_overrides: { width: 32, height: 32 },
  };
  return (await operator.change(orderSchema, 'POST', '/orders', body)).id;
}

const ended = (id: string) => (events: PipelineEvent[]) =>
  events.some((event) => event.type === 'order.changed' && event.order_id === id && event.status === 'done');

test('an order’s life comes numbered without gaps, in order, with its progress', async () => {
  const stream = await listen(operator);
  const hello = stream.events[0];
  expect(hello?.type).toBe('hello');
  const id = await smallOrder();
  await stream.until(ended(id));
  const states = numbered(stream.events);
  expect(states.map(({ seq }) => seq)).toEqual(states.map((_, index) => (states[0]?.seq ?? 0) + index));
  expect(states[0]?.seq).toBe((hello && 'seq' in hello ? hello.seq : -1) + 1);
  const lines = states.filter((event) => event.type === 'line.changed' && event.order_id === id);
  expect(lines.filter((event) => 'status' in event && event.status === 'done').length).toBe(4);
  const statuses = states.flatMap((event) =>
    event.type === 'order.changed' && event.order_id === id ? [event.status] : [],
  );
  expect([...new Set(statuses)]).toEqual(['queued', 'running', 'done']);
  expect(stream.events.some((event) => event.type === 'render.progress' && event.order_id === id)).toBe(true);
  stream.close();
});

test('whoever comes back with the last number gets exactly what was missed', async () => {
  const first = await listen(operator);
  const since = first.events[0];
  first.close();
  const id = await smallOrder();
  await untilFinished(operator, id);
  const watched = await listen(operator);
  const now = watched.events[0];
  watched.close();
  const from = since && 'seq' in since ? since.seq : 0;
  const to = now && 'seq' in now ? now.seq : 0;
  expect(to).toBeGreaterThan(from);
  const back = await listen(operator, from);
  await back.until((events) => numbered(events).length >= to - from);
  // More may be numbered meanwhile.
  expect(
    numbered(back.events)
      .slice(0, to - from)
      .map(({ seq }) => seq),
  ).toEqual(Array.from({ length: to - from }, (_, index) => from + 1 + index));
  back.close();
});

test('a number that is not kept means reload, and another tenant hears nothing', async () => {
  const strange = await listen(operator, 999_999_999);
  await strange.until((events) => events.length > 1);
  expect(strange.events.map(({ type }) => type)).toEqual(['hello', 'reload']);
  strange.close();
  const stranger = await listen(await pipeline().as('operator@nordlager.example'), 0);
  const id = await smallOrder();
  await untilFinished(operator, id);
  expect(stranger.events.every(({ type }) => type === 'hello')).toBe(true);
  stranger.close();
});

test('changes of settings, mappings and chat are told too', async () => {
  const stream = await listen(operator);
  const admin = await pipeline().as('admin@kugelwerk.example');
  await admin.call('PUT', '/tenant/config', { body: { monthly_token_limit: 4_000_000 } });
  await operator.call('PUT', '/material-mappings', { body: { cad_material: '100Cr6', material_name: 'Steel-Bare' } });
  await stream.until((events) => events.some(({ type }) => type === 'mappings.changed'));
  expect(numbered(stream.events).map(({ type }) => type)).toEqual(['config.changed', 'mappings.changed']);
  stream.close();
});

test('without a token there is no stream', async () => {
  const socket = new WebSocket(`${pipeline().origin.replace('http', 'ws')}/api/events`);
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode);
    });
    socket.once('error', () => undefined);
  });
  expect(status).toBe(401);
});
