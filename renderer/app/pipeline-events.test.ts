import { InfiniteQueryObserver, QueryClient, type InfiniteData } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Order, OrderLine, Page, PipelineEvent } from '../../shared/domain/index.ts';
import { ok } from '../../shared/errors/index.ts';
import { connectDesk } from '../desk/client.ts';
import { useLiveProgress } from '../desk/live-progress.ts';
import { orderKeys, orderListQuery } from '../features/orders/queries.ts';
import { order, orderLine, page, uuid } from '../test-support/fixtures.ts';
import { createStandIn, type StandIn } from '../test-support/stand-in-bridge.ts';
import { applyPipelineEvents } from './pipeline-events.ts';

const first = order('SA-2026-00160');
const lines = [orderLine(first.id), orderLine(first.id, { position: 1 })];
let client: QueryClient;
let desk: StandIn;
let seq = 0;

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  desk = createStandIn({ 'orders.list': () => ok(page([first])) });
  connectDesk(desk);
  useLiveProgress.setState({ byOrder: {} });
});

function pages<T>(items: T[]): InfiniteData<Page<T>, string | null> {
  return { pages: [page(items)], pageParams: [null] };
}

function changed(of: Pick<Order, 'id' | 'number'>, change: Partial<Pick<Order, 'status' | 'lines'>>): PipelineEvent {
  const { status, lines: counts } = { ...first, ...change };
  return {
    type: 'order.changed',
    seq: ++seq,
    at: first.created_at,
    order_id: of.id,
    number: of.number,
    status,
    lines: counts,
  };
}

function lineChanged(line: OrderLine, status: OrderLine['status'], render_id: string): PipelineEvent {
  return {
    type: 'line.changed',
    seq: ++seq,
    at: first.created_at,
    order_id: line.order_id,
    line_id: line.id,
    render_id,
    status,
    error: null,
  };
}

/** Keeps a list of orders in sight, as a page does. */
function watchList(filter: Parameters<typeof orderListQuery>[0]): void {
  client.setQueryData(orderKeys.list(filter), pages([first]));
  new InfiniteQueryObserver(client, orderListQuery(filter)).subscribe(() => undefined);
}

const asked = () => desk.calls.filter(({ name }) => name === 'orders.list').length;

describe('events of the pipeline', () => {
  it('move an order in every list and on its page, without asking again', () => {
    watchList({});
    client.setQueryData(orderKeys.detail(first.number), first);
    const counts = { ...first.lines, done: 3, queued: 5 };
    applyPipelineEvents(client, [changed(first, { lines: counts })]);
    const list = client.getQueryData<InfiniteData<Page<Order>>>(orderKeys.list({}));
    expect(list?.pages[0]?.items[0]?.lines.done).toBe(3);
    expect(client.getQueryData<Order>(orderKeys.detail(first.number))?.lines).toEqual(counts);
    expect(asked()).toBe(0);
  });

  it('bring a new order into the list by one question, however often it moves', async () => {
    watchList({});
    const fresh = { id: uuid(), number: 'SA-2026-00161' };
    for (let done = 0; done < 5; done++) {
      applyPipelineEvents(client, [changed(fresh, { lines: { ...first.lines, done } })]);
      await Promise.resolve();
    }
    expect(asked()).toBe(1);
  });

  it('do not ask for an older order that is merely not loaded', () => {
    watchList({});
    applyPipelineEvents(client, [changed({ id: uuid(), number: 'SA-2026-00099' }, {})]);
    expect(asked()).toBe(0);
  });

  it('ask again for a filtered list that an order leaves', () => {
    watchList({ status: 'running' });
    applyPipelineEvents(client, [changed(first, { status: 'done' })]);
    expect(asked()).toBe(1);
  });

  it('give a finished line its picture, and forget its progress', () => {
    const key = orderKeys.lines(first.number, {});
    client.setQueryData(key, pages(lines));
    const [line] = lines as [OrderLine];
    const render_id = uuid();
    applyPipelineEvents(client, [
      { type: 'render.progress', order_id: first.id, line_id: line.id, render_id, progress: 0.4 },
    ]);
    expect(useLiveProgress.getState().byOrder[first.id]).toEqual({ [line.id]: 0.4 });
    applyPipelineEvents(client, [lineChanged(line, 'done', render_id)]);
    const after = client.getQueryData<InfiniteData<Page<OrderLine>>>(key)?.pages[0]?.items;
    expect(after?.[0]).toMatchObject({ status: 'done', has_image: true, render_id });
    expect(after?.[1]).toBe(lines[1]);
    expect(useLiveProgress.getState().byOrder[first.id]).toEqual({});
  });

  it('have everything read anew after a gap', () => {
    watchList({});
    applyPipelineEvents(client, [{ type: 'reload', seq: 9 }]);
    expect(asked()).toBe(1);
  });
});
