import { setTimeout as wait } from 'node:timers/promises';
import type { ChatMessage, TurnOutcome } from '../../../shared/contract/index.ts';
import {
  isFinalOrderStatus,
  type Order,
  type OrderLine,
  type Page,
  type Product,
  type ChatSession,
} from '../../../shared/domain/index.ts';
import type { RunningDesk } from '../../helpers/desk.ts';
import { originOf, signInLocally } from '../../helpers/local-sign-in.ts';
import { withToken } from '../../helpers/with-token.ts';

/** Products of the one order that a round asks for. */
export const productCount = 5;

/** A turn's lease is 15 s; what was cut off has to be at its end not long after. */
const patienceMs = 45_000;
/** A desk whose pipeline went away has to have one again within this time. */
const comebackMs = 20_000;

/** Looks at the pipeline itself, past the desk: which orders are there, and what became of them. */
export class Witness {
  readonly #data: string;
  readonly #orders: ReadonlySet<string>;
  readonly #sessions: ReadonlySet<string>;

  private constructor(data: string, seen: { orders: string[]; sessions: string[] }) {
    this.#data = data;
    this.#orders = new Set(seen.orders);
    this.#sessions = new Set(seen.sessions);
  }

  static async look(data: string): Promise<Witness> {
    const witness = new Witness(data, { orders: [], sessions: [] });
    const orders = await witness.#orderList();
    const sessions = await witness.#get<Page<ChatSession>>('/api/chat/sessions?limit=200');
    return new Witness(data, {
      orders: orders.map(({ id }) => id),
      sessions: sessions.items.map(({ session_id }) => session_id),
    });
  }

  async somePimIds(count: number): Promise<string[]> {
    const { items } = await this.#get<Page<Product>>(`/api/products?limit=${count}&query=kugellager`);
    return items.map(({ pim_id }) => pim_id);
  }

  /** Orders that the earlier look did not see. */
  async newOrders(before: Witness): Promise<Order[]> {
    return (await this.#orderList()).filter(({ id }) => !before.#orders.has(id));
  }

  /** What went wrong since the earlier look, or null. `seen` is the turn's answer, where it came before the kill. */
  async problemSince(before: Witness, desk: RunningDesk, seen: TurnOutcome | null): Promise<string | null> {
    const until = Date.now() + patienceMs;
    let turn = await newTurn(desk, before.#sessions);
    while (Date.now() < until && turn !== null && (turn.status === 'running' || turn.tool_calls.some(isUnsettled))) {
      await wait(500);
      turn = await newTurn(desk, before.#sessions);
    }
    let orders = await this.newOrders(before);
    while (Date.now() < until && orders.some(({ status }) => !isFinalOrderStatus(status))) {
      await wait(500);
      orders = await this.newOrders(before);
    }
    return turnProblem(turn, orders, seen) ?? (await this.#orderProblem(orders));
  }

  async #orderProblem(orders: readonly Order[]): Promise<string | null> {
    for (const order of orders) {
      if (order.status !== 'done') return `order ${order.number} ended as ${order.status}`;
      const { items } = await this.#get<Page<OrderLine>>(`/api/orders/${order.id}/lines?limit=200`);
      const products = new Set(items.map(({ product }) => product.id));
      if (items.length !== productCount || products.size !== productCount) {
        return `order ${order.number} has ${items.length} lines for ${products.size} products, not ${productCount}`;
      }
      const missing = items.filter(({ status, has_image }) => status !== 'done' || !has_image).length;
      if (missing > 0) return `${missing} lines of ${order.number} have no image`;
    }
    return null;
  }

  async #orderList(): Promise<Order[]> {
    return (await this.#get<Page<Order>>('/api/orders?limit=200')).items;
  }

  /** Finds the pipeline anew each time: the one that was killed is followed by another on another port. */
  async #get<T>(path: string): Promise<T> {
    const until = Date.now() + comebackMs;
    for (;;) {
      try {
        const { token } = await signInLocally(this.#data);
        const response = await fetch((await originOf(this.#data)) + path, { headers: withToken({}, token) });
        if (response.ok) return (await response.json()) as T;
        throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      } catch (error) {
        if (Date.now() > until) throw error;
        await wait(500);
      }
    }
  }
}

type ToolCall = ChatMessage['tool_calls'][number];

const isUnsettled = ({ state }: ToolCall): boolean => state === 'approved' || state === 'running';

/** The turn in a session that was not there before, null where the kill came before it was stored. */
async function newTurn(desk: RunningDesk, before: ReadonlySet<string>): Promise<ChatMessage | null> {
  const sessions = (await (await desk.request('/api/chat/sessions')).json()) as { session_id: string }[];
  const added = sessions.find(({ session_id }) => !before.has(session_id));
  if (added === undefined) return null;
  const messages = await desk.request(`/api/chat/sessions/${added.session_id}/messages`);
  return ((await messages.json()) as ChatMessage[]).filter(({ role }) => role === 'assistant').at(-1) ?? null;
}

/** The order and the journal must tell the same story: an order exactly where the call is done, and never two. */
function turnProblem(turn: ChatMessage | null, orders: readonly Order[], seen: TurnOutcome | null): string | null {
  if (orders.length > 1) return `${orders.length} orders from one message`;
  if (seen?.status === 'done' && orders.length === 0) return 'the turn was answered as done and its order is gone';
  if (turn === null) return orders.length === 0 ? null : 'an order without a turn';
  if (turn.status === 'running') return 'the turn never ended';
  const call = turn.tool_calls.find(({ tool }) => tool === 'create_order');
  const done = call?.state === 'done';
  if (done !== (orders.length === 1)) {
    return `the call is ${call?.state ?? 'not there'}, the turn ${turn.status}, and there are ${orders.length} orders`;
  }
  return null;
}
