import { arrayTooLong, badRequest, emptyString, missing, notOneOf, wrongType } from './errors.ts';
import type { WireError } from './errors.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';
import type { ChatMessage, HistoryCall } from './types.ts';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'] as const;
const MAX_MESSAGES = 2048;
const MAX_CALLS = 128;

type Checked<T> = { ok: true; value: T } | { ok: false; error: WireError };

const bad = (error: WireError): { ok: false; error: WireError } => ({ ok: false, error });

/** Reads and checks `messages`: count, roles, contents, and that each call is answered where the service wants it. */
export function readMessages(value: unknown): Checked<ChatMessage[]> {
  if (value === undefined) return bad(missing('messages'));
  if (!Array.isArray(value)) return bad(wrongType('messages', 'an array of objects'));
  if (value.length === 0) {
    const text =
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.";
    return bad(badRequest(text, 'messages', 'empty_array'));
  }
  if (value.length > MAX_MESSAGES) return bad(arrayTooLong('messages', MAX_MESSAGES, value.length));
  const messages: ChatMessage[] = [];
  for (const [index, item] of value.entries()) {
    const message = readMessage(item, index);
    if (!message.ok) return message;
    messages.push(message.value);
  }
  const disorder = findDisorder(messages);
  return disorder === undefined ? { ok: true, value: messages } : bad(disorder);
}

function readMessage(item: unknown, index: number): Checked<ChatMessage> {
  const at = `messages[${String(index)}]`;
  if (!isObject(item)) return bad(wrongType(at, 'an object'));
  if (item.role === undefined) return bad(missing(`${at}.role`));
  const role = ROLES.find((name) => name === item.role);
  if (role === undefined) return bad(notOneOf(`${at}.role`, String(item.role), ROLES));
  const calls = readCalls(item.tool_calls, `${at}.tool_calls`);
  if (!calls.ok) return calls;
  const content = readContent(item, role, calls.value, index);
  if (!content.ok) return content;
  const toolCallId = item.tool_call_id;
  if (role === 'tool' && typeof toolCallId !== 'string') return bad(missing(`${at}.tool_call_id`));
  return {
    ok: true,
    value: {
      role,
      content: content.value,
      toolCalls: role === 'assistant' ? calls.value : [],
      toolCallId: typeof toolCallId === 'string' ? toolCallId : undefined,
    },
  };
}

/** `content` is a string or text parts; null or absent only on an assistant message with tool calls. */
function readContent(
  item: JsonObject,
  role: ChatMessage['role'],
  calls: HistoryCall[],
  index: number,
): Checked<string> {
  const content = item.content;
  if (typeof content === 'string') return { ok: true, value: content };
  if (Array.isArray(content)) {
    const texts = content.map((part: unknown) =>
      isObject(part) && typeof part.text === 'string' ? part.text : undefined,
    );
    if (texts.every((text) => text !== undefined)) return { ok: true, value: texts.join('\n') };
    return bad(badRequest('Invalid content: this model reads text parts only.', `messages.[${String(index)}].content`));
  }
  if ((content === null || content === undefined) && role === 'assistant' && calls.length > 0)
    return { ok: true, value: '' };
  const got = content === null || content === undefined ? 'null' : typeof content;
  return bad(
    badRequest(`Invalid value for 'content': expected a string, got ${got}.`, `messages.[${String(index)}].content`),
  );
}

function readCalls(value: unknown, at: string): Checked<HistoryCall[]> {
  if (value === undefined || value === null) return { ok: true, value: [] };
  if (!Array.isArray(value)) return bad(wrongType(at, 'an array of objects'));
  if (value.length > MAX_CALLS) return bad(arrayTooLong(at, MAX_CALLS, value.length));
  const calls: HistoryCall[] = [];
  for (const [index, item] of value.entries()) {
    const fn: unknown = isObject(item) ? item.function : undefined;
    if (!isObject(item) || !isObject(fn)) return bad(wrongType(`${at}[${String(index)}]`, 'a function call'));
    const { id } = item;
    const { name, arguments: args } = fn;
    if (typeof id !== 'string') return bad(missing(`${at}[${String(index)}].id`));
    if (typeof name !== 'string') return bad(missing(`${at}[${String(index)}].function.name`));
    if (name === '') return bad(emptyString(`${at}[${String(index)}].function.name`));
    if (typeof args !== 'string') return bad(missing(`${at}[${String(index)}].function.arguments`));
    calls.push({ id, name, arguments: args });
  }
  return { ok: true, value: calls };
}

/** Every call is answered right after its message, and nothing else is; the texts (and "preceeding") are the service's. */
function findDisorder(messages: ChatMessage[]): WireError | undefined {
  let open = new Set<string>();
  let answerable = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (!answerable.has(message.toolCallId ?? '')) {
        return badRequest(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          `messages.[${String(index)}].role`,
        );
      }
      open.delete(message.toolCallId ?? '');
      continue;
    }
    if (open.size > 0) return unanswered(open);
    answerable = new Set(message.toolCalls.map((call) => call.id));
    open = new Set(answerable);
  }
  return open.size > 0 ? unanswered(open) : undefined;
}

function unanswered(open: Set<string>): WireError {
  return badRequest(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
    'messages',
  );
}
