import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ChatMessage } from '../../shared/contract/index.ts';
import type { Order, OrderLine, Page, PipelineEvent } from '../../shared/domain/index.ts';
import { isFinalOrderStatus } from '../../shared/domain/index.ts';
import { deskKeys } from '../desk/queries.ts';
import { updateProgress } from '../desk/live-progress.ts';
import { chatKeys } from '../features/chat/queries.ts';
import { forgetLiveTurns, forgetWaitingTurn, useLiveTurns } from '../features/chat/live-store.ts';
import { isEcho } from '../features/chat/turn-events.ts';
import { materialKeys } from '../features/materials/queries.ts';
import { orderKeys, outputTypesQuery, type LineFilter, type OrderListFilter } from '../features/orders/queries.ts';
import { productKeys } from '../features/products/queries.ts';
import { settingsKeys } from '../features/settings/queries.ts';

type OrderChange = Extract<PipelineEvent, { type: 'order.changed' }>;
type LineChange = Extract<PipelineEvent, { type: 'line.changed' }>;
type Pages<T> = InfiniteData<Page<T>, string | null>;

/**
 * The one place where events of the pipeline reach the caches: what an event says is written into them, what it only
 * hints at is asked for again. Takes a batch of events in their order.
 */
export function applyPipelineEvents(client: QueryClient, events: readonly PipelineEvent[]): void {
  if (events.some((event) => event.type === 'reload')) {
    forgetLiveTurns();
    void client.invalidateQueries();
  }
  const orders = new Map<string, OrderChange>();
  const lines = new Map<string, LineChange>();
  const ticks = new Map<string, { orderId: string; lineId: string; progress: number | null }>();
  for (const event of events) {
    if (event.type === 'order.changed') orders.set(event.order_id, event);
    else if (event.type === 'line.changed') {
      lines.set(event.line_id, event);
      if (event.status !== 'running')
        ticks.set(event.line_id, { orderId: event.order_id, lineId: event.line_id, progress: null });
    } else if (event.type === 'render.progress') {
      ticks.set(event.line_id, { orderId: event.order_id, lineId: event.line_id, progress: event.progress });
    } else invalidateFor(client, event);
  }
  if (orders.size > 0) {
    patchOrderLists(client, orders);
    patchOrderDetails(client, orders);
    const ended = [...orders.values()].some(({ status }) => isFinalOrderStatus(status));
    if (ended) void client.invalidateQueries({ queryKey: orderKeys.stats });
  }
  if (lines.size > 0) patchLines(client, lines, orders);
  updateProgress([...ticks.values()]);
}

function invalidateFor(client: QueryClient, event: PipelineEvent): void {
  const again = (queryKey: readonly unknown[]) => void client.invalidateQueries({ queryKey });
  switch (event.type) {
    case 'config.changed':
      again(settingsKeys.config);
      again(settingsKeys.ownPolicy);
      again(settingsKeys.usage);
      again(deskKeys.state);
      break;
    case 'mappings.changed':
      again(materialKeys.mappings);
      again(productKeys.all);
      again(orderKeys.checks);
      break;
    case 'library.changed':
      again(materialKeys.materials);
      again(materialKeys.mappings);
      again(outputTypesQuery.queryKey);
      break;
    case 'products.changed':
      again(productKeys.all);
      again(materialKeys.mappings);
      again(orderKeys.checks);
      break;
    case 'chat.changed':
      again(chatKeys.sessions);
      if (!isEcho(event.session_id)) void readChatAgain(client, event.session_id);
      again(chatKeys.approvals);
      again(chatKeys.grants(event.session_id));
      break;
    default:
  }
}

/** What another desk did in a conversation is seen here once its messages are read anew. */
async function readChatAgain(client: QueryClient, sessionId: string): Promise<void> {
  await client.invalidateQueries({ queryKey: chatKeys.messages(sessionId) });
  const stored = client.getQueryData<ChatMessage[]>(chatKeys.messages(sessionId));
  const turn = useLiveTurns.getState().turns[sessionId];
  // A read that was called off brought nothing: what waits is still shown from what was seen of it.
  const isKnown = stored?.some(({ id, status }) => id === turn?.responseId && status !== 'running');
  if (stored === undefined || isKnown) forgetWaitingTurn(sessionId);
}

function withChange(order: Order, change: OrderChange | undefined): Order {
  return change ? { ...order, status: change.status, lines: change.lines } : order;
}

function mapPages<T>(pages: Pages<T>, change: (item: T) => T): Pages<T> {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
}

/** Rewrites the orders in sight; a list is asked for again where an order enters or leaves it. */
function patchOrderLists(client: QueryClient, changes: Map<string, OrderChange>): void {
  for (const [key, pages] of client.getQueriesData<Pages<Order>>({ queryKey: orderKeys.lists })) {
    if (pages === undefined) continue;
    const filter = (key[2] ?? {}) as OrderListFilter;
    const known = new Set(pages.pages.flatMap((page) => page.items.map((order) => order.id)));
    const newest = pages.pages[0]?.items[0]?.number ?? '';
    client.setQueryData<Pages<Order>>(
      key,
      mapPages(pages, (order) => withChange(order, changes.get(order.id))),
    );
    const moved = [...changes.values()].filter(
      (change) =>
        entersOrLeaves(change, known.has(change.order_id), filter, newest) &&
        isFirstTime(`${JSON.stringify(key)} ${change.order_id} ${change.status}`),
    );
    if (moved.length > 0) void client.invalidateQueries({ queryKey: key, exact: true });
  }
}

const inOrder = new Intl.Collator('en', { numeric: true });

function entersOrLeaves(change: OrderChange, listed: boolean, filter: OrderListFilter, newest: string): boolean {
  if (listed) return filter.status !== undefined && filter.status !== change.status;
  // An order not listed may just not be loaded yet, for the list ends where it was scrolled to.
  if (filter.status !== undefined) return filter.status === change.status;
  return inOrder.compare(change.number, newest) > 0;
}

/** A list is asked for again once for an order's new status, not with each of its renders. */
const asked = new Set<string>();
const ASKED_KEPT = 2000;

function isFirstTime(occasion: string): boolean {
  if (asked.has(occasion)) return false;
  if (asked.size >= ASKED_KEPT) asked.clear();
  asked.add(occasion);
  return true;
}

function patchOrderDetails(client: QueryClient, changes: Map<string, OrderChange>): void {
  for (const [key, order] of client.getQueriesData<Order>({ queryKey: orderKeys.details })) {
    const change = order && changes.get(order.id);
    if (order === undefined || change === undefined) continue;
    client.setQueryData<Order>(key, withChange(order, change));
    if (order.status === change.status) continue;
    // A new status brings times and history that the event does not carry.
    void client.invalidateQueries({ queryKey: key, exact: true });
    void client.invalidateQueries({ queryKey: orderKeys.histories });
  }
}

function lineWithChange(line: OrderLine, change: LineChange | undefined): OrderLine {
  if (change === undefined) return line;
  return {
    ...line,
    status: change.status,
    render_id: change.render_id,
    error: change.error,
    progress: change.status === 'done' ? 1 : line.progress,
    has_image: change.status === 'done',
  };
}

function patchLines(client: QueryClient, changes: Map<string, LineChange>, orders: Map<string, OrderChange>): void {
  const touched = new Set([...changes.values()].map((change) => change.order_id));
  for (const [key, pages] of client.getQueriesData<Pages<OrderLine>>({ queryKey: orderKeys.allLines })) {
    const orderId = pages?.pages[0]?.items[0]?.order_id;
    const filter = (key[3] ?? {}) as LineFilter;
    if (pages === undefined || (orderId !== undefined && !touched.has(orderId))) continue;
    client.setQueryData<Pages<OrderLine>>(
      key,
      mapPages(pages, (line) => lineWithChange(line, changes.get(line.id))),
    );
    const order = orderId === undefined ? undefined : orders.get(orderId);
    // Durations and attempts come with the end of the order; a filtered list with each change.
    if (filter.status !== undefined || (order && isFinalOrderStatus(order.status))) {
      void client.invalidateQueries({ queryKey: key, exact: true });
    }
  }
}
