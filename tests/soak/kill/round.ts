import { setTimeout as wait } from 'node:timers/promises';
import type { ProductListAnswer, TurnOutcome } from '../../../shared/contract/index.ts';
import { startDesk, type RunningDesk } from '../../helpers/desk.ts';
import type { Random } from '../random.ts';
import { killPart, type Victim } from './victim.ts';
import { productCount, Witness } from './witness.ts';

const message = 'Render these as WebP at 64x64';
const flags = ['--approve', 'auto', '--model', 'offline'];

/** What one round did, for the figures. */
export interface RoundResult {
  readonly victim: Victim;
  readonly problem: string | null;
  /** Whether the order came to be. */
  readonly ordered: boolean;
}

/** How long an order takes from the message to its answer, undisturbed; the moments of the kills are spread over it. */
export async function undisturbedMs(data: string): Promise<{ readonly ms: number; readonly problem: string | null }> {
  const desk = await startDesk({ data, args: flags });
  try {
    const before = await Witness.look(data);
    const pimIds = await before.somePimIds(productCount);
    const started = performance.now();
    const outcome = await ask(desk, pimIds);
    const ms = performance.now() - started;
    const witness = await Witness.look(data);
    const problem = await witness.problemSince(before, desk, outcome);
    const ordered = (await witness.newOrders(before)).length === 1;
    return {
      ms,
      problem: problem ?? (ordered ? null : `no order came of it: ${JSON.stringify(outcome).slice(0, 300)}`),
    };
  } finally {
    await desk.stop();
  }
}

/**
 * A desk is asked for an order and killed in the middle; another start on the same data has to bring the turn to an
 * end with no order lost, none doubled, and every line drawn once.
 */
export async function killRound(data: string, random: Random, afterMs: number): Promise<RoundResult> {
  const victim = random.pick(['desk', 'pipeline', 'everything'] as const);
  const desk = await startDesk({ data, args: flags });
  const before = await Witness.look(data);
  const asked = ask(desk, await before.somePimIds(productCount));
  await wait(afterMs);
  await killPart(desk, victim);
  const outcome = await asked;
  const next = await startDesk({ data, args: flags });
  try {
    const witness = await Witness.look(data);
    const problem = await witness.problemSince(before, next, outcome);
    const ordered = (await witness.newOrders(before)).length === 1;
    return { victim, problem, ordered };
  } finally {
    await next.stop();
  }
}

/** Drops a list and sends the message; null where the answer was cut off by the kill. */
async function ask(desk: RunningDesk, pimIds: readonly string[]): Promise<TurnOutcome | null> {
  try {
    const list = await desk.request('/api/desk/product-lists?name=list.csv', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new TextEncoder().encode(['PIM-ID', ...pimIds, ''].join('\n')),
    });
    const { selection_id } = (await list.json()) as ProductListAnswer;
    const body = JSON.stringify({ message, selection_id });
    const response = await desk.request('/api/chat/messages', { method: 'POST', body });
    return response.ok ? ((await response.json()) as TurnOutcome) : null;
  } catch {
    // The kill cut the connection: that is what the round is for.
    return null;
  }
}
