import { estimateTokens } from './estimate-tokens.ts';
import type { ModelMessage } from './model-types.ts';

/** Characters that are left of each text, from the mildest cut to the hardest. */
const CAPS = [16_000, 8_000, 4_000, 2_000, 1_000, 500, 200, 100];
/** Of every list in a result that is too long, so many items stay. */
const ITEMS_KEPT = 3;
/** What the wire adds around each message. */
const PER_MESSAGE = 4;

/** Tokens of a message on the wire, estimated. */
export function messageTokens(message: ModelMessage): number {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  const ofCalls = calls.map(({ id, function: called }) => estimateTokens(id + called.name + called.arguments));
  const id = message.role === 'tool' ? estimateTokens(message.tool_call_id) : 0;
  return ofCalls.reduce((sum, tokens) => sum + tokens, PER_MESSAGE + id + estimateTokens(message.content ?? ''));
}

export function tokensOf(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, message) => sum + messageTokens(message), 0);
}

export interface Shortened {
  messages: readonly ModelMessage[];
  /** More than were asked for where shorter texts did not help. */
  tokens: number;
}

/**
 * The messages of a turn within `most` tokens, as far as shorter texts can do it: no message and no call is left out, so
 * that every call stays answered. The texts of what the model asked for last are the last to be touched.
 */
export function shorten(messages: readonly ModelMessage[], most: number): Shortened {
  let shorter: Shortened = { messages, tokens: tokensOf(messages) };
  if (shorter.tokens <= most) return shorter;
  const newest = messages.findLastIndex(({ role }) => role === 'assistant');
  for (const spared of [Math.max(newest, 0), messages.length]) {
    for (const cap of CAPS) {
      const cut = messages.map((message, at) => (at >= spared ? message : shortened(message, cap)));
      shorter = { messages: cut, tokens: tokensOf(cut) };
      if (shorter.tokens <= most) return shorter;
    }
  }
  return shorter;
}

function shortened(message: ModelMessage, cap: number): ModelMessage {
  if (message.role === 'tool') return { ...message, content: shortResult(message.content, cap) };
  if (message.role !== 'assistant') return { ...message, content: shortText(message.content, cap) };
  const content = message.content === null ? null : shortText(message.content, cap);
  if (!message.tool_calls) return { ...message, content };
  const tool_calls = message.tool_calls.map((call) => {
    const args = call.function.arguments;
    return { ...call, function: { ...call.function, arguments: shortResult(args, cap) } };
  });
  return { ...message, content, tool_calls };
}

function shortText(text: string, cap: number): string {
  if (text.length <= cap) return text;
  return `${text.slice(0, cap).toWellFormed()} [shortened, ${String(text.length)} characters in all]`;
}

/** JSON that is too long: its lists with their first items only; where that is not enough, how it begins. */
function shortResult(json: string, cap: number): string {
  if (json.length <= cap) return json;
  const fewer = JSON.stringify(withFewerItems(JSON.parse(json)));
  if (fewer.length <= cap) return fewer;
  const beginning = json.slice(0, Math.floor(cap / 2)).toWellFormed();
  return JSON.stringify({ shortened: true, characters: json.length, beginning });
}

function withFewerItems(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept: unknown[] = value.slice(0, ITEMS_KEPT).map(withFewerItems);
    return value.length > ITEMS_KEPT ? [...kept, `… ${String(value.length - ITEMS_KEPT)} more, left out`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withFewerItems(each)]));
}
