import { setTimeout as wait } from 'node:timers/promises';
import type { Order, Page, Product } from '../../../shared/domain/index.ts';
import { withToken } from '../../helpers/with-token.ts';
import type { Random } from '../random.ts';
import type { Place } from './place.ts';

/** A change that a client asked for, and what it was told. */
export interface Asked {
  readonly key: string;
  readonly what: 'create' | 'dispatch' | 'cancel' | 'retry-failed';
  readonly path: string;
  readonly body: unknown;
  /** null: the connection broke or the database was away, so the client does not know. */
  status: number | null;
  order: Order | null;
}

/** Everything the clients of all rounds were told, and what went against the contract. */
export interface Told {
  readonly asked: Asked[];
  readonly problems: string[];
}

const patienceMs = 20_000;

interface Acting {
  readonly place: Place;
  readonly token: string;
  readonly products: readonly string[];
  readonly random: Random;
}

/** Asks for changes one after the other until the time is over. */
export async function actAsClient({ place, token, products, random }: Acting, untilMs: number): Promise<Told> {
  const told: Told = { asked: [], problems: [] };
  while (performance.now() < untilMs) {
    const asked = choose(told.asked, products, random);
    told.asked.push(asked);
    await send(place, token, asked, told.problems);
    await wait(random.int(240));
  }
  return told;
}

function choose(before: readonly Asked[], products: readonly string[], random: Random): Asked {
  const mine = before.filter(({ what, order }) => what === 'create' && order !== null);
  const blank = { key: random.uuid(), body: undefined, status: null, order: null };
  if (mine.length > 0 && random.chance(0.45)) {
    const id = random.pick(mine).order?.id ?? '';
    const what = random.pick(['dispatch', 'cancel', 'retry-failed'] as const);
    return { ...blank, what, path: `/api/orders/${id}/${what}` };
  }
  const from = random.int(products.length - 8);
  const body = {
    product_ids: products.slice(from, from + 2 + random.int(6)),
    output_type_name: 'Thumbnail',
    render_overrides: { width: 32 + random.int(200), height: 48 },
    ...(random.chance(0.7) ? { material_override: 'Steel-Bare' } : {}),
    dispatch: random.chance(0.75),
  };
  return { ...blank, what: 'create', path: '/api/orders', body };
}

async function send(place: Place, token: string, asked: Asked, problems: string[]): Promise<void> {
  const init = {
    method: 'POST',
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    signal: AbortSignal.timeout(patienceMs),
    headers: {
      'idempotency-key': asked.key,
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
  };
  try {
    const response = await fetch(place.origin() + asked.path, { ...init, headers: withToken(init, token) });
    const answer = (await response.json()) as Order & { code?: string };
    if (response.status === 503 || answer.code === 'in_flight') return;
    asked.status = response.status;
    if (response.ok) asked.order = answer;
    else if (response.status >= 500)
      problems.push(`${asked.what} answered ${response.status} ${JSON.stringify(answer)}`);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      problems.push(`${asked.what} hung for ${patienceMs} ms`);
    // Else the kill cut the connection, which is what the round is for.
  }
}

/** Finds out what became of what the client does not know: by its key alone, or by sending it again. */
export async function settle(place: Place, token: string, told: Told, random: Random): Promise<void> {
  for (const asked of told.asked) {
    if (asked.status !== null && asked.order === null) continue;
    const again: Asked = { ...asked, status: null, order: null };
    if (asked.status === null && random.chance(0.5)) await recall(place, token, again);
    else if (asked.status === null || random.chance(0.2)) await send(place, token, again, told.problems);
    if (asked.order !== null && again.order !== null && asked.order.id !== again.order.id) {
      told.problems.push(`the key of ${asked.order.number} gave ${again.order.number} the second time`);
    }
    if (asked.status === null) Object.assign(asked, { status: again.status, order: again.order });
  }
}

async function recall(place: Place, token: string, asked: Asked): Promise<void> {
  const response = await fetch(`${place.origin()}/api/idempotency/${asked.key}`, { headers: withToken({}, token) });
  if (response.status === 404) return;
  const { status, answer } = (await response.json()) as { status: number; answer: Order };
  asked.status = status;
  asked.order = answer;
}

/** Products to order. */
export async function productIds(place: Place, token: string): Promise<string[]> {
  const headers = withToken({}, token);
  const response = await fetch(`${place.origin()}/api/products?limit=200`, { headers });
  return ((await response.json()) as Page<Product>).items.map(({ id }) => id);
}
