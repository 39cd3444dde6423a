import { mayHaveChanged, type StoredMessage } from '../../shared/domain/index.ts';

/** Says under a message that was edited since why it is still told. */
const REPLACED = '[The user has replaced this message since. What was changed by it stays changed.]';

/**
 * What of a chat still stands and is told to the model: all but what was replaced. A replaced turn that changed something
 * stays with a word that it was, for its changes did happen.
 */
export function standing(messages: readonly StoredMessage[]): StoredMessage[] {
  const kept: StoredMessage[] = [];
  for (const [at, message] of messages.entries()) {
    if (!message.superseded) kept.push(message);
    else if (message.role === 'assistant' ? hasChanged(message) : answersTo(messages, at).some(hasChanged)) {
      kept.push(message.role === 'user' ? { ...message, content: `${message.content}\n${REPLACED}` } : message);
    }
  }
  return kept;
}

/** Did the turn of this record change something, or may it have? */
export function hasChanged(message: StoredMessage): boolean {
  return message.tool_calls.some(mayHaveChanged);
}

function answersTo(messages: readonly StoredMessage[], at: number): StoredMessage[] {
  const rest = messages.slice(at + 1);
  const next = rest.findIndex(({ role }) => role === 'user');
  return next < 0 ? rest : rest.slice(0, next);
}
