import { isObject, objectOr, parseJson, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { ChatMessage } from '../wire/types.ts';

/** What became of one tool call, as the history tells it. */
export interface Outcome {
  /** The call's id. */
  id: string;
  tool: string;
  arguments: JsonObject;
  /**
   * `ok`: has a result; `rejected`: a person or a policy said no; `pending`: nobody has decided
   * yet; `unknown`: nobody can tell whether it happened.
   */
  kind: 'ok' | 'error' | 'rejected' | 'cancelled' | 'pending' | 'unknown';
  /** The result; `{}` where it is no JSON object. */
  value: JsonObject;
  /** Error message, reason of a rejection, or the raw text of a result that is not JSON. */
  text: string;
  /** Error code, empty where there is none. */
  code: string;
}

/** Does a tool of this name only look? Tools are told apart by their verb, for the request says nothing else. */
export function isRead(tool: string): boolean {
  return /^(?:list|search|get|check|query|show|select|combine)_/.test(tool);
}

/** The answered tool calls of a stretch of history, in the order they were asked for. */
export function outcomesOf(messages: readonly ChatMessage[]): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const [index, message] of messages.entries()) {
    for (const call of message.toolCalls) {
      const answer = messages.slice(index + 1).find((later) => later.toolCallId === call.id);
      if (answer === undefined) continue;
      const args = objectOr(parseJson(call.arguments));
      outcomes.push({ id: call.id, tool: call.name, arguments: args, ...readResult(answer.content) });
    }
  }
  return outcomes;
}

function readResult(content: string): Pick<Outcome, 'kind' | 'value' | 'text' | 'code'> {
  const value = parseJson(content);
  if (!isObject(value)) return { kind: 'ok', value: {}, text: content, code: '' };
  const { error } = value;
  if (error !== undefined && error !== null) {
    const members = objectOr(error);
    return {
      kind: 'error',
      value,
      text: textOf(members.message) ?? textOf(error) ?? '',
      code: textOf(members.code) ?? '',
    };
  }
  const text = textOf(value.reason) ?? textOf(value.message) ?? '';
  for (const [member, kind] of MARKS) {
    if (value[member] === true) return { kind, value, text, code: '' };
  }
  return { kind: 'ok', value, text: '', code: '' };
}

const MARKS = [
  ['rejected', 'rejected'],
  ['expired', 'rejected'],
  ['cancelled', 'cancelled'],
  ['pending', 'pending'],
  ['unknown', 'unknown'],
] as const;
