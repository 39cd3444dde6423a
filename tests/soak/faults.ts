import { isErrorCode } from '../../shared/errors/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import type { Fault } from './faults/fault.ts';
import { httpFaults } from './faults/http-faults.ts';
import { runMatrix } from './faults/matrix/run-matrix.ts';
import { startModelServer, type ModelServer } from './faults/model-server.ts';
import { streamFaults } from './faults/stream-faults.ts';
import { toolFaults } from './faults/tool-faults.ts';
import { goodAnswer } from './faults/wire.ts';
import { SoakCount, type SoakSuite } from './suite.ts';

const key = 'soak-key-that-must-never-be-seen';
/** A desk waits for two minutes in all, and tries for a while. */
const turnSeconds = 180;

/**
 * A model endpoint that fails in every known way: first behind a whole desk's door, with the patience of a desk, then at every
 * stage of a turn. Each turn ends told, the next one works, no change is repeated.
 */
export const run: SoakSuite = async ({ rounds, seconds, log }) => {
  const count = new SoakCount();
  // A sample has time for some of both, from when they have started.
  await tryAtDoor(count, { rounds, seconds: seconds * 0.4, log });
  await runMatrix(count, { seconds: seconds * 0.6, log });
  return count.result();
};

interface DoorOptions {
  rounds: number;
  seconds: number;
  log: (line: string) => void;
}

async function tryAtDoor(count: SoakCount, { rounds, seconds, log }: DoorOptions): Promise<void> {
  const model = await startModelServer();
  const desk = await startDesk({
    args: ['--model', 'azure'],
    env: { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: key, AZURE_OPENAI_DEPLOYMENT: 'm' },
  });
  const sample = Number.isFinite(seconds);
  const until = performance.now() + seconds * 1000;
  try {
    const faults = [...httpFaults, ...streamFaults, ...toolFaults].filter(({ slow }) => !sample || slow !== true);
    const repeats = sample ? 1 : Math.max(1, Math.ceil(rounds / faults.length));
    for (const fault of Array.from({ length: repeats }, () => faults).flat()) {
      if (performance.now() > until) break;
      const problem = await tryFault(desk, model, fault);
      if (problem !== null) log(`${fault.what}: ${problem}`);
      count.check(problem === null ? null : `${fault.what}: ${problem}`);
    }
    count.check(desk.program.output().includes(key) ? 'the key is in the output of the desk' : null);
  } finally {
    await desk.stop();
    await model.close();
  }
}

async function tryFault(desk: RunningDesk, model: ModelServer, fault: Fault): Promise<string | null> {
  const answer = fault.make?.() ?? fault.answer;
  if (answer === undefined) throw new Error(`${fault.what} has no answer`);
  model.answerWith(answer);
  const turn = await say(desk, 'Is all well?');
  const problem = problemOf(turn, fault);
  if (problem !== null) return problem;
  if (model.requests() === 0) return 'the model was never asked';
  model.answerWith(goodAnswer);
  const next = await say(desk, 'And now?');
  return next.body.status === 'done' ? null : `the next turn ended ${JSON.stringify(next.body).slice(0, 200)}`;
}

interface Turn {
  readonly status: number;
  readonly text: string;
  readonly body: { status?: string; response?: string | null; error?: { code?: unknown; message?: unknown } };
}

async function say(desk: RunningDesk, message: string): Promise<Turn> {
  const response = await desk.request('/api/chat/messages', {
    method: 'POST',
    body: JSON.stringify({ message }),
    signal: AbortSignal.timeout(turnSeconds * 1000),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Turn['body'] };
}

function problemOf({ status, text, body }: Turn, { ends }: Fault): string | null {
  const shown = `${status} ${text.slice(0, 300)}`;
  if (status >= 500) return `the desk answered ${shown}`;
  if (text.includes(key)) return 'the key is in the answer';
  if (body.status === 'done') return ends === 'failed' ? `ended as done: ${shown}` : null;
  if (ends === 'done') return `did not end as done: ${shown}`;
  if (!isErrorCode(body.error?.code)) return `failed without a known code: ${shown}`;
  return typeof body.error?.message === 'string' && body.error.message !== ''
    ? null
    : `failed without a sentence: ${shown}`;
}
