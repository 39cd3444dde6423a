import { objectOr, objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { ChatMessage } from '../wire/types.ts';
import { ORDER_NUMBER, SELECTION_ID } from './context.ts';
import { isRead, outcomesOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** What earlier messages were about: the newest order and selection, and the newest change. */
export interface Memory {
  order: string | undefined;
  selection: string | undefined;
  /** The newest tool call that changed something: its result may carry what undoing it needs. */
  change: Outcome | undefined;
  /** What was looked at last, where nothing was changed since. */
  look: Outcome | undefined;
  /** Render overrides this conversation gave an order: the tool replaces them all, so new ones are added to these. */
  overrides: (order: string) => JsonObject;
}

/** Reads the history before the latest user message, newest first; tool results before words. */
export function remember(messages: readonly ChatMessage[]): Memory {
  const outcomes = outcomesOf(messages).reverse();
  return {
    order: firstOf(outcomes, orderIn) ?? lastWritten(messages, ORDER_NUMBER),
    selection:
      firstOf(outcomes, (outcome) => textOf(outcome.value.selection_id)) ?? lastWritten(messages, SELECTION_ID),
    change: outcomes.find((outcome) => outcome.kind === 'ok' && !isRead(outcome.tool)),
    look: outcomes[0]?.kind === 'ok' && isRead(outcomes[0].tool) ? outcomes[0] : undefined,
    overrides: (order) => overridesOf(outcomes, order),
  };
}

function firstOf(outcomes: readonly Outcome[], read: (outcome: Outcome) => string | undefined): string | undefined {
  return outcomes.map(read).find((found) => found !== undefined);
}

function overridesOf(newestFirst: readonly Outcome[], order: string): JsonObject {
  const given = newestFirst.find(
    ({ tool, ...outcome }) =>
      (tool === 'set_render_overrides' || tool === 'create_order') && orderIn({ tool, ...outcome }) === order,
  );
  if (given?.value.edited === true) return {}; // What ran is not what was asked for.
  const overrides = objectOr(given?.arguments.overrides ?? given?.arguments.render_overrides);
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== null));
}

/** The one order a result is about; none where it lists several. */
function orderIn(outcome: Outcome): string | undefined {
  if (outcome.kind !== 'ok') return undefined;
  const order = objectOr(outcome.value.order);
  const listed = objectsIn(outcome.value.orders);
  const only = listed.length === 1 ? objectOr(listed[0]) : {};
  return textOf(order.number) ?? textOf(outcome.value.order_number) ?? textOf(only.number) ?? textOf(order.id);
}

/** The last id of a kind that a user or the assistant wrote; none where that message names several. */
function lastWritten(messages: readonly ChatMessage[], pattern: string): string | undefined {
  for (const message of [...messages].reverse()) {
    if (message.role !== 'user' && message.role !== 'assistant') continue;
    const found = new Set(message.content.match(new RegExp(`\\b${pattern}`, 'g')) ?? []);
    if (found.size > 0) return found.size === 1 ? [...found][0] : undefined;
  }
  return undefined;
}
