import { z } from 'zod';
import type { JournalEntry } from '../../shared/domain/index.ts';

/** A selection as a tool's result names it. */
export interface NamedSelection {
  id: string;
  count: number;
  label: string;
}

const resultSchema = z.object({ selection_id: z.string(), count: z.number(), label: z.string() });

/** The selection that a call brought, if it brought one. */
export function selectionOf({ state, result }: JournalEntry): NamedSelection | undefined {
  if (state !== 'done') return undefined;
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return undefined;
  const { selection_id: id, count, label } = parsed.data;
  return { id, count, label };
}

/** The selections of a conversation, the newest first: what "those" and "the ones from before" may mean. */
export function newestSelections(calls: readonly JournalEntry[], most: number): NamedSelection[] {
  const found = new Map<string, NamedSelection>();
  for (const call of calls.toReversed()) {
    const selection = selectionOf(call);
    if (selection && !found.has(selection.id)) found.set(selection.id, selection);
    if (found.size === most) break;
  }
  return [...found.values()];
}
