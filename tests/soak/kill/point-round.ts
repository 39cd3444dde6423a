import { setTimeout as wait } from 'node:timers/promises';
import type { ChatMessage, PendingApproval, TurnOutcome } from '../../../shared/contract/index.ts';
import type { Order, OrderHistoryEntry, Page, Product } from '../../../shared/domain/index.ts';
import { chatClient, pendingOf, type ChatClient } from '../../desk/chat-client.ts';
import { startDesk, type RunningDesk } from '../../helpers/desk.ts';
import { startPipeline, type RunningPipeline } from '../../helpers/pipeline.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import type { Random } from '../random.ts';
import { openGate, type Gate } from './gate.ts';
import type { Point } from './points.ts';

export const SCENARIOS = ['a new order', 'an override', 'an undo'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** A turn's lease is 15 s; what was cut off has to be at its end not long after. */
const PATIENCE_MS = 60_000;

/** A pipeline that lives on while desks before it are killed, and the gate between. */
export interface Ground {
  readonly pipeline: RunningPipeline;
  readonly gate: Gate;
  readonly token: string;
  close(): Promise<void>;
}

export async function prepareGround(): Promise<Ground> {
  const pipeline = await startPipeline();
  const gate = await openGate(pipeline.origin);
  const { token } = await pipeline.signIn();
  return {
    pipeline,
    gate,
    token,
    close: async () => {
      await gate.close();
      await pipeline.stop();
    },
  };
}

/** What a round is about: the order that is touched, and how often the change has happened to it. */
interface Subject {
  begin(chat: ChatClient): Promise<TurnOutcome>;
  /** Since the round began. */
  happened(): Promise<number>;
}

/**
 * Kills the desk at one exact point of a changing turn, goes on at another desk and compares journal and pipeline; gives what
 * went wrong, or null.
 */
export async function pointRound(
  ground: Ground,
  scenario: Scenario,
  point: Point,
  random: Random,
): Promise<string | null> {
  const data = await temporaryDirectory();
  ground.gate.set(null);
  const first = await startOn(ground, data.path);
  try {
    const subject = await subjectOf(ground, scenario, chatClient(first));
    ground.gate.set({ ...point, strike: () => first.program.kill9Group() });
    const end = await cutTurn(chatClient(first), subject);
    if (!ground.gate.fell()) return `the desk was never at this point: ${end}`;
    ground.gate.set(null);
    const second = await startOn(ground, data.path);
    try {
      return await problemAfter(chatClient(second), { subject, point, random });
    } finally {
      await second.stop();
    }
  } finally {
    await first.program.kill9Group();
    await data.remove();
  }
}

function startOn({ gate, token }: Ground, data: string): Promise<RunningDesk> {
  const env = { RENDERDESK_PIPELINE_URL: gate.origin, RENDERDESK_TOKEN: token };
  return startDesk({ data, args: ['--model', 'offline'], env });
}

/** One message, and a yes to whatever waits, until the desk is gone; gives how it ended, which a kill in its middle does too. */
async function cutTurn(chat: ChatClient, subject: Subject): Promise<string> {
  try {
    let outcome = await subject.begin(chat);
    for (const { id, shown } of outcome.pending_approvals) {
      outcome = await chat.decide(id, { decision: 'approve', shown });
    }
    return JSON.stringify(outcome);
  } catch (error) {
    return String(error);
  }
}

async function subjectOf(ground: Ground, scenario: Scenario, chat: ChatClient): Promise<Subject> {
  const read = async <T>(path: string): Promise<T> => {
    return (await (await ground.pipeline.request(ground.token, `/api${path}`)).json()) as T;
  };
  if (scenario === 'a new order') {
    const count = async () => (await read<Page<Order>>('/orders?limit=1')).total;
    const before = await count();
    const [product] = (await read<Page<Product>>('/products?limit=1')).items;
    const words = `Render ${product?.pim_id ?? ''} as WebP at 64x64`;
    return { begin: (at) => at.send(words), happened: async () => (await count()) - before };
  }
  const { number } = await draft(ground);
  const events = async () =>
    (await read<Page<OrderHistoryEntry>>(`/orders/${number}/history`)).items.filter(
      ({ event }) => event === 'material_override',
    ).length;
  const words = `Set material override to Steel-Bare on order ${number}`;
  if (scenario === 'an override') return { begin: (at) => at.send(words), happened: events };
  const { id } = pendingOf(await chat.send(words));
  const { session_id } = await chat.decide(id, { decision: 'approve' });
  const undo = { session_id, id };
  return { begin: (at) => at.call<TurnOutcome>('chat.undo', undo), happened: async () => (await events()) - 1 };
}

async function draft({ pipeline, token }: Ground): Promise<Order> {
  const products = (await (await pipeline.request(token, '/api/products?limit=1')).json()) as Page<Product>;
  const body = { product_ids: [products.items[0]?.id], output_type_name: 'Thumbnail', dispatch: false };
  const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
  const made = await pipeline.request(token, '/api/orders', { method: 'POST', headers, body: JSON.stringify(body) });
  return (await made.json()) as Order;
}

interface Aftermath {
  subject: Subject;
  point: Point;
  random: Random;
}

async function problemAfter(chat: ChatClient, { subject, point, random }: Aftermath): Promise<string | null> {
  const turn = await settledTurn(chat);
  if (typeof turn === 'string') return turn;
  const call = turn.message.tool_calls.at(-1);
  const happened = await subject.happened();
  const story = `the call is ${call?.state ?? 'not there'}, the turn ${turn.message.status}, it happened ${String(happened)} times`;
  if (point.then === 'happened') {
    if (happened !== 1 || call?.state !== 'done') return story;
  } else {
    if (happened !== 0 || call?.state !== 'awaiting' || turn.message.status !== 'waiting') return story;
    const problem = await decideAfter(chat, subject, random.chance(0.7) ? 'approve' : 'reject');
    if (problem) return problem;
  }
  const next = await chat.send('List the output types', { session_id: turn.session });
  return next.status === 'done' ? null : `the next turn of the chat ended as ${next.status}`;
}

/** What waits is decided at the other desk, twice: once counts. */
async function decideAfter(chat: ChatClient, subject: Subject, decision: 'approve' | 'reject'): Promise<string | null> {
  const waiting: PendingApproval[] = await chat.approvals();
  const [pending] = waiting;
  if (!pending || waiting.length > 1) return `${String(waiting.length)} approvals wait`;
  const decide = () => chat.decide(pending.id, { decision, shown: pending.shown });
  const both = await Promise.allSettled([decide(), decide()]);
  const counted = both.filter(({ status }) => status === 'fulfilled').length;
  const happened = await subject.happened();
  const wanted = decision === 'approve' ? 1 : 0;
  return counted === 1 && happened === wanted
    ? null
    : `${decision} counted ${String(counted)} times, and it happened ${String(happened)} times`;
}

/** The newest turn once nothing of it is open any more. */
async function settledTurn(chat: ChatClient): Promise<{ session: string; message: ChatMessage } | string> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const [session] = await chat.sessions();
    if (!session) return 'the chat is gone';
    const message = (await chat.messages(session.session_id)).findLast(({ role }) => role === 'assistant');
    if (!message) return 'the turn is gone';
    const isOpen = message.tool_calls.some(({ state }) => ['proposed', 'approved', 'running'].includes(state));
    if (message.status !== 'running' && !isOpen) return { session: session.session_id, message };
    if (Date.now() > until)
      return `the turn never ended: ${message.status}, ${message.tool_calls.map(({ state }) => state).join(', ')}`;
    await wait(500);
  }
}
