import type { Result } from '../../shared/errors/index.ts';

/** Where a model is and the key it takes; always of one source. */
export interface ModelTarget {
  /** Azure with a deployment in the path and an api-version; or the `/v1/` form of Azure and everybody else. */
  form: 'dated' | 'v1';
  /** `https://res.openai.azure.com`, or for other servers an address that ends in `/v1`. */
  endpoint: string;
  deployment: string;
  /** The dated form only. */
  apiVersion: string | null;
  key: string;
  /** What a person calls it. */
  label: string;
  offline: boolean;
}

export interface ToolCallMessage {
  id: string;
  type: 'function';
  function: { name: string; arguments: string };
}

/** The messages of a chat completion that we send. */
export type ModelMessage =
  | { role: 'system' | 'user'; content: string }
  | { role: 'assistant'; content: string | null; tool_calls?: ToolCallMessage[] }
  | { role: 'tool'; tool_call_id: string; content: string };

/** A tool as the wire describes it. */
export interface ModelTool {
  type: 'function';
  function: { name: string; description: string; parameters: Record<string, unknown>; strict: boolean };
}

/** A tool call as it came, unchecked. */
export interface RawToolCall {
  id: string;
  name: string;
  arguments: string;
}

export interface TokenUsage {
  prompt: number;
  completion: number;
  total: number;
}

export interface ModelAnswer {
  text: string;
  calls: RawToolCall[];
  /** `stop`, `tool_calls`, `length`, `content_filter`, …; null where the stream named none. */
  finish: string | null;
  usage: TokenUsage | null;
}

export interface ModelRequest {
  messages: readonly ModelMessage[];
  tools: readonly ModelTool[];
  signal: AbortSignal;
  /** The longest answer wanted; undefined: as long as the model likes. */
  maxTokens?: number;
  onText: (text: string) => void;
  onRateLimited: (retryAt: string) => void;
}

/** One model call: streams text out and gives the whole answer, or why there is none. Never throws for a bad model. */
export type AskModel = (request: ModelRequest) => Promise<Result<ModelAnswer>>;
