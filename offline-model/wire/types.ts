import type { JsonObject } from './json.ts';

/** One `messages[]` item of a request that passed validation. */
export interface ChatMessage {
  role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  /** Text parts joined; empty where the message has none. */
  content: string;
  toolCalls: HistoryCall[];
  /** On a `tool` message: which call it answers. */
  toolCallId: string | undefined;
}

/** A tool call as the history carries it. */
export interface HistoryCall {
  id: string;
  name: string;
  /** Raw JSON text. */
  arguments: string;
}

/** One offered function. */
export interface OfferedTool {
  name: string;
  description: string;
  /** JSON Schema of the arguments; `{}` where none was sent. */
  parameters: JsonObject;
}

export type ToolChoice = { mode: 'auto' | 'none' | 'required' } | { mode: 'named'; name: string };

/** A validated chat-completions request, in our own words. */
export interface ChatRequest {
  messages: ChatMessage[];
  tools: OfferedTool[];
  toolChoice: ToolChoice;
  parallelToolCalls: boolean;
  stream: boolean;
  includeUsage: boolean;
  /** Completion tokens allowed; undefined: no limit. */
  maxTokens: number | undefined;
  /** The body as received, for counting its tokens. */
  raw: JsonObject;
}

/** A tool call the model asks for. */
export interface PlannedCall {
  name: string;
  arguments: JsonObject;
}

/** What the model does with one request: ask for tools, or say its final text. */
export type Step = { kind: 'call'; calls: PlannedCall[] } | { kind: 'say'; text: string };

export interface WireCall {
  id: string;
  name: string;
  arguments: string;
}

export type FinishReason = 'stop' | 'tool_calls' | 'length';

/** What goes out on the wire, before it is put into a body or frames. */
export interface Completion {
  content: string | null;
  calls: WireCall[];
  finishReason: FinishReason;
}
