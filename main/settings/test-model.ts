import type { ModelTest } from '../../shared/contract/index.ts';
import type { Failure, Result } from '../../shared/errors/index.ts';
import {
  createModel,
  NO_TRAITS,
  type ModelAnswer,
  type ModelOptions,
  type ModelPatience,
  type ModelTarget,
  type ModelTool,
  type ModelTraits,
} from '../agent/index.ts';

/** Somebody looks at a button and waits: a busy model is an answer too. */
const PATIENCE: ModelPatience = {
  firstEventMs: 30_000,
  idleMs: 15_000,
  totalMs: 60_000,
  longestWaitMs: 0,
  waitsMs: 0,
};
/** Room for a reasoning model to think about one word. */
const MAX_TOKENS = 400;

/** A tool goes along, for the assistant is nothing without them. */
const PROBE: ModelTool = {
  type: 'function',
  function: {
    name: 'report_ready',
    description: 'Reports that the connection works.',
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
    strict: true,
  },
};

/** Asks the model one small question, with a tool, and says in words how it went. What it refuses is remembered on the way. */
export async function testModel(target: ModelTarget, options: ModelOptions, signal: AbortSignal): Promise<ModelTest> {
  let traits: ModelTraits = options.memory?.get() ?? NO_TRAITS;
  const memory = {
    get: () => traits,
    set: (learned: ModelTraits) => {
      traits = learned;
      options.memory?.set(learned);
    },
  };
  const started = performance.now();
  const answer = await createModel(target, { ...options, patience: PATIENCE, memory })({
    messages: [{ role: 'user', content: 'This is a test of the connection. Reply with the word OK.' }],
    tools: [PROBE],
    maxTokens: MAX_TOKENS,
    signal,
    onText: () => undefined,
    onRateLimited: () => undefined,
  });
  const took_ms = Math.round(performance.now() - started);
  return { ...verdict(answer, target, took_ms), model: target.label, took_ms, left_out: [...traits.refuses] };
}

/** The test where there is no model to ask. */
export function noModel({ code, message }: Failure): ModelTest {
  return { ok: false, message, code, reason: 'not_configured', model: null, took_ms: 0, left_out: [] };
}

function verdict(
  answer: Result<ModelAnswer>,
  { label }: ModelTarget,
  ms: number,
): Pick<ModelTest, 'ok' | 'message' | 'code' | 'reason'> {
  const works = { ok: true, code: null, reason: null };
  if (answer.ok) return { ...works, message: `It works: ${label} answered in ${(ms / 1000).toFixed(1)} s.` };
  const { code, message, details } = answer.failure;
  const reason = typeof details?.['reason'] === 'string' ? details['reason'] : 'other';
  // It answered, only not to its end.
  if (reason === 'length') return { ...works, message: `It works: ${label} answers.` };
  if (reason === 'rate_limit') {
    const busy = `Endpoint, deployment and key are right, but the model is busy now. ${message}`;
    return { ok: false, code, reason, message: busy };
  }
  return { ok: false, code, reason, message };
}
