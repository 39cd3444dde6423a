import { createHash } from 'node:crypto';
import type { JournalEntry } from '../../shared/domain/index.ts';

/**
 * Names what a person is shown of a waiting change: the call, its arguments, its effect and the snapshot behind it. A
 * decision carries it back, so that nobody approves an effect that another window or desk replaced meanwhile.
 */
export function shownOf(call: Pick<JournalEntry, 'id' | 'tool' | 'arguments' | 'effect' | 'snapshot'>): string {
  const { id, tool, effect, snapshot } = call;
  const text = JSON.stringify([id, tool, call.arguments, effect, snapshot], sortedKeys);
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

/** The same text whatever order a store gives the keys back in. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
