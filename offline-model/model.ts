import { pick, readAsk } from './conversation/ask.ts';
import type { Ask } from './conversation/ask.ts';
import { applyRules } from './rules/index.ts';
import { forcedCall } from './tools/forced-call.ts';
import type { ChatRequest, Step } from './wire/types.ts';

/** Tool calls in one turn after which something is going in circles. */
const MAX_CALLS = 24;

/** What the model does with a request: pure, from the request alone. Honours `tool_choice`. */
export function think(request: ChatRequest): Step {
  const ask = readAsk(request);
  const step = ask.outcomes.length >= MAX_CALLS ? tooMany(ask) : applyRules(ask);
  const { toolChoice } = request;
  if (toolChoice.mode === 'required') return step.kind === 'call' ? step : forcedCall(ask, undefined);
  if (toolChoice.mode !== 'named') return step;
  const { name } = toolChoice;
  const named = step.kind === 'call' ? step.calls.filter((call) => call.name === name).slice(0, 1) : [];
  return named.length > 0 ? { kind: 'call', calls: named } : forcedCall(ask, name);
}

function tooMany(ask: Ask): Step {
  const text = pick(
    ask,
    'This takes too many steps; ask for less at once.',
    'Das braucht zu viele Schritte; bitte weniger auf einmal.',
  );
  return { kind: 'say', text };
}
