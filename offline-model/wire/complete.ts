import { callId } from './ids.ts';
import type { ChatRequest, Completion, FinishReason, Step, WireCall } from './types.ts';
import { countTokens, cutToTokens } from './usage.ts';

/**
 * The step as it goes out. Ends with `tool_calls` where it has calls, but with `stop` where the request named the function,
 * as the service does; cut off with `length` where the request's token limit is reached.
 */
export async function complete(step: Step, request: ChatRequest): Promise<Completion> {
  if (step.kind === 'say') return limited({ content: step.text, calls: [], finishReason: 'stop' }, request.maxTokens);
  const wanted = request.parallelToolCalls ? step.calls : step.calls.slice(0, 1);
  const calls: WireCall[] = wanted.map((call) => ({
    id: callId(),
    name: call.name,
    arguments: JSON.stringify(call.arguments),
  }));
  const finishReason: FinishReason = request.toolChoice.mode === 'named' ? 'stop' : 'tool_calls';
  return limited({ content: null, calls, finishReason }, request.maxTokens);
}

async function limited(completion: Completion, limit: number | undefined): Promise<Completion> {
  if (limit === undefined) return completion;
  let left = limit;
  const content = completion.content === null ? null : await cutToTokens(completion.content, left);
  if (content !== null) left -= await countTokens(content);
  let cut = content !== completion.content;
  const calls: WireCall[] = [];
  for (const call of completion.calls) {
    if (left <= 0) {
      cut = true;
      break;
    }
    const args = await cutToTokens(call.arguments, left);
    left -= await countTokens(args);
    cut = cut || args !== call.arguments;
    calls.push({ ...call, arguments: args });
  }
  return cut ? { content, calls, finishReason: 'length' } : completion;
}
