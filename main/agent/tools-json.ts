import type { ChatCompletionFunctionTool } from 'openai/resources/chat/completions';
import type { ModelTool } from './model-types.ts';

/** A tool's text never changes while the desk runs, and most of a request is tools: each is written once. */
const written = new WeakMap<ModelTool, { strict: string; loose: string }>();

/** The tools of a request as JSON; without `strict` for a model that refuses the word. */
export function toolsJson(tools: readonly ModelTool[], isStrict: boolean): string {
  return `[${tools.map((tool) => write(tool)[isStrict ? 'strict' : 'loose']).join(',')}]`;
}

function write(tool: ModelTool): { strict: string; loose: string } {
  const known = written.get(tool);
  if (known) return known;
  const { type, function: called } = tool;
  const { strict: _strict, ...loose } = called;
  const texts = { strict: jsonOf({ type, function: called }), loose: jsonOf({ type, function: loose }) };
  written.set(tool, texts);
  return texts;
}

function jsonOf(tool: ChatCompletionFunctionTool): string {
  return JSON.stringify(tool);
}
