import { isStillTold, mayHaveChanged, type StoredMessage } from '../../shared/domain/index.ts';

/** Says under a message that was edited since why it is still told. */
const REPLACED = '[The user has replaced this message since. What was changed by it stays changed.]';

/**
 * What of a chat still stands and is told to the model: all but what was replaced. A replaced turn that changed something
 * stays with a word that it was, for its changes did happen.
 */
export function standing(messages: readonly StoredMessage[]): StoredMessage[] {
  const kept = messages.filter((_message, at) => isStillTold(messages, at, hasChanged));
  return kept.map((message) =>
    message.superseded && message.role === 'user'
      ? { ...message, content: `${message.content}\n${REPLACED}` }
      : message,
  );
}

/** Did the turn of this record change something, or may it have? */
function hasChanged(message: StoredMessage): boolean {
  return message.tool_calls.some(mayHaveChanged);
}
