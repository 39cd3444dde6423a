import type { TurnOutcome } from '../../../../shared/contract/index.ts';
import { isErrorCode, type Result } from '../../../../shared/errors/index.ts';
import type { SoakCount } from '../../suite.ts';
import { startModelServer, type ModelServer } from '../model-server.ts';
import { goodAnswer } from '../wire.ts';
import { matrixCases, type MatrixCase } from './cases.ts';
import { SHORT, startChatBench, type ChatBench } from './chat-bench.ts';
import { historyProblem } from './valid-history.ts';

const KEY = 'matrix-key-that-must-never-be-seen';
/** A turn of three model calls at most that wait in full, with the work between them. */
const DEADLINE_MS = 3 * (SHORT.totalMs + SHORT.waitsMs) + 5000;
const MOST_MEMORY = 300 * 1024 * 1024;

export interface MatrixOptions {
  /** No new case after this time from the first one on. */
  seconds: number;
  log: (line: string) => void;
}

/**
 * Every fault at every stage of a turn, in one process with a real pipeline: each turn ends in its defined state in time,
 * the next turn in its session works, no change is lost or repeated, what is sent is valid, memory stays bounded.
 */
export async function runMatrix(count: SoakCount, { seconds, log }: MatrixOptions): Promise<void> {
  const model = await startModelServer();
  const bench = await startChatBench(model.origin, KEY);
  const cases = matrixCases(bench.order).filter(({ slow }) => !slow || !Number.isFinite(seconds));
  const before = process.memoryUsage.rss();
  let highest = 0;
  let slowest: [number, string] = [0, ''];
  let tried = 0;
  try {
    // What is loaded with the first question is no part of the first case.
    await bench.say('Hello');
    const until = performance.now() + seconds * 1000;
    for (const one of cases) {
      if (performance.now() > until) break;
      const started = performance.now();
      const problem = await tryCase(bench, model, one);
      const took = performance.now() - started;
      if (problem !== null) log(`${one.what}: ${problem}`);
      count.check(problem === null ? null : `${one.what}: ${problem}`);
      highest = Math.max(highest, process.memoryUsage.rss());
      if (took > slowest[0]) slowest = [took, one.what];
      tried += 1;
    }
    const grown = highest - before;
    count.check(grown > MOST_MEMORY ? `memory grew by ${String(Math.round(grown / 1024 / 1024))} MB` : null);
    count.note(
      `matrix: ${String(tried)} of ${String(cases.length)} cells, slowest ${(slowest[0] / 1000).toFixed(1)} s (${slowest[1]}), ` +
        `memory +${String(Math.round(grown / 1024 / 1024))} MB at most`,
    );
  } finally {
    await bench.close();
    await model.close();
  }
}

async function tryCase(bench: ChatBench, model: ModelServer, one: MatrixCase): Promise<string | null> {
  const before = await bench.orders();
  model.answerInTurn(one.answers());
  const turn = await inTime(bench.say('Is all well?'));
  if (turn === 'late') return `still running after ${String(DEADLINE_MS)} ms`;
  const changes = (await bench.orders()) - before;
  const problem = problemOf(turn, one) ?? changesProblem(changes, one) ?? requestProblem(model);
  if (problem !== null || !turn.ok) return problem;
  model.answerInTurn([goodAnswer]);
  const next = await inTime(bench.say('And now?', turn.value.session_id));
  if (next === 'late' || !next.ok || next.value.status !== 'done') return `the next turn ended ${shown(next)}`;
  const again = (await bench.orders()) - before - changes;
  return again === 0 ? requestProblem(model) : `the next turn made ${String(again)} changes`;
}

function problemOf(turn: Result<TurnOutcome>, { ends, codes }: MatrixCase): string | null {
  if (!turn.ok) return `could not begin: ${shown(turn)}`;
  const { status, error, response } = turn.value;
  if (JSON.stringify(turn.value).includes(KEY)) return 'the key is in the outcome';
  if (status !== 'done' && status !== 'failed') return `ended as ${status}`;
  if (!ends.includes(status)) return `ended as ${status}: ${shown(turn)}`;
  if (response?.tool_calls.some(({ state }) => !FINAL.has(state))) return `left a call open: ${shown(turn)}`;
  if (status === 'done') return null;
  if (!isErrorCode(error?.code) || !error || error.message === '') return `failed without a reason: ${shown(turn)}`;
  if (codes !== null && !codes.includes(error.code)) return `failed as ${error.code}, not as ${codes.join(' or ')}`;
  return null;
}

const FINAL: ReadonlySet<string> = new Set(['done', 'failed', 'rejected', 'expired', 'cancelled', 'unknown']);

function changesProblem(made: number, { changes: [least, most] }: MatrixCase): string | null {
  const isRight = made >= least && made <= most;
  return isRight ? null : `${String(made)} changes reached the pipeline, not ${String(least)} to ${String(most)}`;
}

function requestProblem(model: ModelServer): string | null {
  if (model.bodies().length === 0) return 'the model was never asked';
  return (
    model
      .bodies()
      .map(historyProblem)
      .find((problem) => problem !== null) ?? null
  );
}

async function inTime<T>(work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), DEADLINE_MS);
  });
  const first = await Promise.race([work, late]);
  clearTimeout(timer);
  return first;
}

function shown(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
