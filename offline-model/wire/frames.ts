import { promptFilterResults, textFilterResults } from './content-filter.ts';
import { completionId } from './ids.ts';
import { jsonPieces, textPieces } from './pieces.ts';
import { FINGERPRINT, MODEL_NAME } from './response.ts';
import type { Completion, WireCall } from './types.ts';
import type { Usage } from './usage.ts';

/** One `data:` frame, and whether it carries visible text (those may be delayed so that streaming can be seen). */
export interface Frame {
  data: object;
  text: boolean;
}

interface Delta {
  delta: object;
  filter: object;
  finishReason?: string;
  text?: boolean;
}

/**
 * The frames of a streamed answer in Azure's order: prompt filter (with empty id, model and object), role, text, tool calls
 * in fragments, finish. The usage frame is `usageFrame`, and `[DONE]` is the caller's. With `withUsage` every
 * frame but the usage one says `usage: null`.
 */
export class FrameMaker {
  readonly #id = completionId();
  readonly #created = Math.floor(Date.now() / 1000);
  readonly #nullUsage: { usage?: null };

  constructor(withUsage: boolean) {
    this.#nullUsage = withUsage ? { usage: null } : {};
  }

  *frames(completion: Completion): Generator<Frame> {
    const prompt = {
      choices: [],
      created: 0,
      id: '',
      model: '',
      object: '',
      prompt_filter_results: promptFilterResults,
    };
    yield { data: { ...prompt, ...this.#nullUsage }, text: false };
    const content = completion.content === null ? null : '';
    yield this.#frame({ delta: { content, refusal: null, role: 'assistant' }, filter: {} });
    for (const piece of textPieces(completion.content ?? '')) {
      yield this.#frame({ delta: { content: piece }, filter: textFilterResults, text: true });
    }
    for (const [index, call] of completion.calls.entries()) yield* this.#callFrames(call, index);
    yield this.#frame({ delta: {}, filter: {}, finishReason: completion.finishReason });
  }

  usageFrame(usage: Usage): object {
    return { choices: [], ...this.#envelope(), usage };
  }

  *#callFrames(call: WireCall, index: number): Generator<Frame> {
    const first = { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } };
    yield this.#frame({ delta: { tool_calls: [first] }, filter: {} });
    for (const piece of jsonPieces(call.arguments)) {
      yield this.#frame({ delta: { tool_calls: [{ index, function: { arguments: piece } }] }, filter: {} });
    }
  }

  #frame({ delta, filter, finishReason, text }: Delta): Frame {
    const choice = {
      content_filter_results: filter,
      delta,
      finish_reason: finishReason ?? null,
      index: 0,
      logprobs: null,
    };
    return { data: { choices: [choice], ...this.#envelope(), ...this.#nullUsage }, text: text === true };
  }

  #envelope(): object {
    return {
      created: this.#created,
      id: this.#id,
      model: MODEL_NAME,
      object: 'chat.completion.chunk',
      system_fingerprint: FINGERPRINT,
    };
  }
}
