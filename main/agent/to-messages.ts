import type { JournalEntry, StoredMessage } from '../../shared/domain/index.ts';
import type { ModelMessage } from './model-types.ts';
import { oneLine } from './one-line.ts';
import { NOT_DONE } from './tool-result.ts';

/** What the user wrote, with what they had in front of them then. */
export function userMessages(message: StoredMessage): ModelMessage[] {
  if (message.role === 'system') return [];
  const { context_type: type, context_id: id, selection_id: selection } = message;
  const open = (type === 'order' || type === 'product') && id ? [`[open ${type}: ${oneLine(id, 64)}]`] : [];
  const list = selection === null ? [] : [`[selection: ${selection}]`];
  return [{ role: 'user', content: [message.content, ...open, ...list].join('\n') }];
}

/**
 * The messages of one turn: each step's calls with their results, then the final text. Every call is answered, whatever
 * became of it, and every call id is there once.
 */
export function assistantMessages(message: StoredMessage): ModelMessage[] {
  const messages: ModelMessage[] = [];
  for (const step of stepsOf(message.tool_calls)) {
    const toolCalls = step.map((call) => {
      const { id, tool } = call;
      const args = JSON.stringify(call.arguments);
      return { id: wireId(id), type: 'function' as const, function: { name: tool, arguments: args } };
    });
    messages.push({ role: 'assistant', content: step[0]?.said ?? null, tool_calls: toolCalls });
    for (const call of step) {
      messages.push({ role: 'tool', tool_call_id: wireId(call.id), content: JSON.stringify(resultOf(call)) });
    }
  }
  const end = endOf(message);
  return end === null ? messages : [...messages, { role: 'assistant', content: end }];
}

function stepsOf(calls: readonly JournalEntry[]): JournalEntry[][] {
  return [...Map.groupBy(calls, (call) => call.step).entries()].sort(([a], [b]) => a - b).map(([, step]) => step);
}

/** Our own ids: models are known to use one id twice, which the next request would be refused for. */
function wireId(id: string): string {
  return `call_${id.replaceAll('-', '')}`;
}

function resultOf(call: JournalEntry): unknown {
  if (call.result !== null) return call.result;
  return call.state === 'awaiting' || call.state === 'proposed' ? NOT_DONE.waiting : NOT_DONE.unknown;
}

/** The turn's last words; a turn that broke off says so, or the model would go on with it. */
function endOf(message: StoredMessage): string | null {
  if (message.status === 'running') return null;
  const note = message.status === 'failed' || message.status === 'interrupted' ? '[This answer was broken off.]' : '';
  const text = [message.content, note].filter((part) => part !== '').join('\n');
  return text === '' ? null : text;
}
