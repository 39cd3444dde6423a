import type { JsonObject } from './json.ts';
import type { ChatRequest, Completion } from './types.ts';

/** The service's `usage` object. */
export interface Usage {
  completion_tokens: number;
  completion_tokens_details: {
    accepted_prediction_tokens: number;
    audio_tokens: number;
    reasoning_tokens: number;
    rejected_prediction_tokens: number;
  };
  prompt_tokens: number;
  prompt_tokens_details: { audio_tokens: number; cached_tokens: number };
  total_tokens: number;
}

/** Counting a long run without a break takes time in the square of its length; slices of 512 make it linear (+0.9 % at most). */
const SLICE = 512;
const PER_MESSAGE = 3;
const PRIMING = 3;

/** The tokenizer's tables take 0.2 s to load, so they are loaded when first needed and not before the server listens. */
const loadTokenizer = () => import('gpt-tokenizer/encoding/o200k_base');

/** Tokens of a text in o200k_base, special tokens counted as plain text. */
export async function countTokens(text: string): Promise<number> {
  const { countTokens: count } = await loadTokenizer();
  let tokens = 0;
  for (let start = 0; start < text.length; start += SLICE) {
    tokens += count(text.slice(start, start + SLICE), { disallowedSpecial: new Set() });
  }
  return tokens;
}

/** The longest beginning of a text that has at most `limit` tokens. */
export async function cutToTokens(text: string, limit: number): Promise<string> {
  const { encode, decode } = await loadTokenizer();
  let left = limit;
  let kept = '';
  for (let start = 0; start < text.length && left > 0; start += SLICE) {
    const tokens = encode(text.slice(start, start + SLICE), { disallowedSpecial: new Set() });
    kept += decode(tokens.slice(0, left));
    left -= tokens.length;
  }
  return kept;
}

/** `usage` of a request and its answer. The service has no published formula; message and tool overheads are the usual estimate. */
export async function usageOf(request: ChatRequest, completion: Completion): Promise<Usage> {
  const prompt = await promptTokens(request);
  const answer = await completionTokens(completion);
  return {
    completion_tokens: answer,
    completion_tokens_details: {
      accepted_prediction_tokens: 0,
      audio_tokens: 0,
      reasoning_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    prompt_tokens: prompt,
    prompt_tokens_details: { audio_tokens: 0, cached_tokens: 0 },
    total_tokens: prompt + answer,
  };
}

async function promptTokens(request: ChatRequest): Promise<number> {
  let tokens = PRIMING + (await toolTokens(request.raw));
  for (const message of request.messages) {
    const calls = message.toolCalls.map((call) => call.name + call.arguments).join('');
    tokens += PER_MESSAGE + (await countTokens(message.role + message.content + calls));
  }
  return tokens;
}

async function toolTokens(body: JsonObject): Promise<number> {
  return Array.isArray(body.tools) ? countTokens(JSON.stringify(body.tools)) : 0;
}

async function completionTokens(completion: Completion): Promise<number> {
  let tokens = PER_MESSAGE;
  if (completion.content !== null) tokens += await countTokens(completion.content);
  for (const call of completion.calls) tokens += PER_MESSAGE + (await countTokens(call.name + call.arguments));
  return tokens;
}
