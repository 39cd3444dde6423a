import { ok, type ErrorCode, type Result } from '../../shared/errors/index.ts';
import type { ModelAnswer, ModelMessage, TokenUsage } from './model-types.ts';
import { promptOf, type Prompt } from './prompt.ts';
import { advanceChanges, takeCalls } from './run-calls.ts';
import { whyStop } from './stop-conditions.ts';
import { toolsOf, type Tool } from './tools/index.ts';
import type { Turn, TurnDeps } from './turn-types.ts';

/** How a turn got off the loop: with its answer, or to wait for a person. */
export type LoopEnd = { status: 'done'; text: string } | { status: 'waiting' };

/**
 * Runs a turn from wherever its journal says it is until the model has answered, a person has to decide, or it fails.
 * The pseudo-code is in docs/architecture/agent-loop.md. Holds no state of its own: all of it is in the turn.
 */
export async function runTurn(turn: Turn, deps: TurnDeps): Promise<Result<LoopEnd>> {
  const tools = toolsOf(turn.context.me.user.role);
  let prompt: Prompt | undefined;
  for (;;) {
    const advanced = await advanceChanges(turn, tools, deps);
    if (!advanced.ok) return advanced;
    if (advanced.value === 'waiting') return ok({ status: 'waiting' });

    const stop = whyStop(turn.assistant.tool_calls);
    if (stop) return { ok: false, failure: stop };

    prompt ??= promptOf(turn, (await deps.situation?.()) ?? UNKNOWN, new Date());
    const answer = await askModel(turn, prompt, tools, deps);
    if (!answer.ok) return answer;
    if (answer.value.calls.length === 0) return ok({ status: 'done', text: answer.value.text });

    const taken = await takeCalls(turn, answer.value, tools, deps);
    if (!taken.ok) return taken;
  }
}

const UNKNOWN = { open: null, figures: null };

/** Refusals before the model was at work; everything else may have been charged, also where it broke off. */
const FREE: readonly ErrorCode[] = [
  'ai_not_configured',
  'ai_key_missing',
  'keychain_locked',
  'ai_disabled',
  'model_unauthorized',
  'model_not_found',
  'model_rate_limited',
  'model_quota_used_up',
  'model_unreachable',
  'model_context_too_long',
];

/** The tokens a model call is known to have taken, null where they have to be estimated. */
function chargeOf(answer: Result<ModelAnswer>, said: string): Pick<TokenUsage, 'completion' | 'total'> | null {
  if (answer.ok) return answer.value.usage;
  return said === '' && FREE.includes(answer.failure.code) ? { completion: 0, total: 0 } : null;
}

/** Asks the model; one that takes less than we sent is asked again with less of the conversation. */
async function askModel(
  turn: Turn,
  prompt: Prompt,
  tools: readonly Tool[],
  deps: TurnDeps,
): Promise<Result<ModelAnswer>> {
  for (;;) {
    const answer = await askOnce(turn, prompt.messages(), tools, deps);
    if (answer.ok || answer.failure.code !== 'model_context_too_long' || !prompt.shrink()) return answer;
  }
}

/** One model call between its reservation and its settlement; what was said is kept even where it breaks off. */
async function askOnce(
  turn: Turn,
  messages: readonly ModelMessage[],
  tools: readonly Tool[],
  deps: TurnDeps,
): Promise<Result<ModelAnswer>> {
  const offered = tools.map((tool) => tool.wire);
  const reservation = await deps.meter.reserve(messages, offered);
  if (!reservation.ok) return reservation;
  let said = '';
  const answer = await deps.ask({
    messages,
    tools: offered,
    signal: deps.signal,
    onText: (text) => {
      said += text;
      deps.notify({ type: 'text.delta', text });
    },
    onRateLimited: (retry_at) => deps.notify({ type: 'rate_limited', retry_at }),
  });
  const tokens = reservation.value.settle(chargeOf(answer, said), said, turn.assistant.id);
  turn.assistant.token_count = (turn.assistant.token_count ?? 0) + tokens;
  turn.assistant.content = answer.ok && answer.value.calls.length > 0 ? '' : said;
  return answer;
}
