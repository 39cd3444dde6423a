import { badRequest, unsupportedParameter, wrongType } from './errors.ts';
import type { WireError } from './errors.ts';
import { isObject, objectOr } from './json.ts';
import type { JsonObject } from './json.ts';
import type { ChatRequest } from './types.ts';
import { readMessages } from './validate-messages.ts';
import { readToolChoice, readTools } from './validate-tools.ts';

type Checked<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** Checks a chat-completions body as Azure does and puts it into our words; the first fault is the answer. */
export function readRequest(body: JsonObject): Checked<ChatRequest> {
  const refused = findUnsupported(body) ?? findWrongOptions(body);
  if (refused !== undefined) return { ok: false, error: refused };
  const messages = readMessages(body.messages);
  if (!messages.ok) return messages;
  const tools = readTools(body.tools);
  if (!tools.ok) return tools;
  const toolChoice = readToolChoice(body.tool_choice, tools.value);
  if (!toolChoice.ok) return toolChoice;
  if (body.parallel_tool_calls !== undefined && tools.value.length === 0) {
    const text =
      "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.";
    return { ok: false, error: badRequest(text, 'parallel_tool_calls') };
  }
  return {
    ok: true,
    value: {
      messages: messages.value,
      tools: tools.value,
      toolChoice: toolChoice.value,
      parallelToolCalls: body.parallel_tool_calls !== false,
      stream: body.stream === true,
      includeUsage: objectOr(body.stream_options).include_usage === true,
      maxTokens: maxTokensOf(body),
      raw: body,
    },
  };
}

/** What a rule-based model can't do is refused, not ignored. */
function findUnsupported(body: JsonObject): WireError | undefined {
  const { n, response_format: format } = body;
  if (n !== undefined && n !== null && n !== 1) {
    const text = `Unsupported value: 'n' does not support ${String(n)} with this model. Only the default (1) value is supported.`;
    return badRequest(text, 'n', 'unsupported_value');
  }
  for (const name of ['functions', 'function_call']) {
    if (body[name] !== undefined) return unsupportedParameter(name, " Use 'tools' instead.");
  }
  for (const name of ['logprobs', 'audio', 'data_sources']) {
    if (body[name] !== undefined && body[name] !== null && body[name] !== false) return unsupportedParameter(name, '');
  }
  const type = objectOr(format).type;
  if (type === undefined || type === 'text') return undefined;
  const text = `Invalid parameter: 'response_format' of type '${String(type)}' is not supported with this model.`;
  return badRequest(text, 'response_format');
}

function findWrongOptions(body: JsonObject): WireError | undefined {
  const { stream, stream_options: options } = body;
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') return wrongType('stream', 'a boolean');
  if (options !== undefined && options !== null) {
    if (stream !== true) {
      const text = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
      return badRequest(text, 'stream_options');
    }
    if (!isObject(options)) return wrongType('stream_options', 'an object');
  }
  for (const name of ['max_tokens', 'max_completion_tokens']) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(name, 'an integer');
    if (value < 1) {
      const text = `Invalid '${name}': integer below minimum value. Expected a value >= 1, but got ${String(value)} instead.`;
      return badRequest(text, name, 'integer_below_min_value');
    }
  }
  return undefined;
}

function maxTokensOf(body: JsonObject): number | undefined {
  const value = body.max_completion_tokens ?? body.max_tokens;
  return typeof value === 'number' ? value : undefined;
}
