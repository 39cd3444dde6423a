import { promptFilterResults, textFilterResults } from './content-filter.ts';
import { completionId } from './ids.ts';
import type { Completion, WireCall } from './types.ts';
import type { Usage } from './usage.ts';

/** What the answers name as the underlying model; Azure never names the deployment there. */
export const MODEL_NAME = 'offline-rules-1';
export const FINGERPRINT = 'fp_offline_rules_1';

/** A tool call in an answer that is not streamed. */
function wireCall(call: WireCall): object {
  return { function: { arguments: call.arguments, name: call.name }, id: call.id, type: 'function' };
}

/** The whole answer, not streamed; key order as Azure sends it. */
export function responseBody(completion: Completion, usage: Usage): object {
  const { content, calls, finishReason } = completion;
  return {
    choices: [
      {
        content_filter_results: calls.length > 0 ? {} : textFilterResults,
        finish_reason: finishReason,
        index: 0,
        logprobs: null,
        message: {
          annotations: [],
          content,
          refusal: null,
          role: 'assistant',
          ...(calls.length > 0 ? { tool_calls: calls.map(wireCall) } : {}),
        },
      },
    ],
    created: Math.floor(Date.now() / 1000),
    id: completionId(),
    model: MODEL_NAME,
    object: 'chat.completion',
    prompt_filter_results: promptFilterResults,
    system_fingerprint: FINGERPRINT,
    usage,
  };
}
