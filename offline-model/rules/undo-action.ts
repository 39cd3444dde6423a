import { changedOrder } from '../answers/changed-order.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import { textOf } from '../wire/json.ts';
import { isCommand } from './command.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const UNDO =
  /\b(?:undo|revert|roll(?: it| that)? back|take (?:it|that) back|rueckgaengig|zuruecknehmen|nimm .* zurueck)\b/;

/** "Undo that": the newest change of the conversation. */
export const undoAction: Rule = {
  name: 'undo-action',
  respond: (ask) => {
    if (!isCommand(ask) || !UNDO.test(ask.folded)) return undefined;
    if (!ask.tools.has('undo_action')) return notOffered(ask, 'undo_action');
    const done = lastOutcome(ask, 'undo_action');
    if (done !== undefined) return say(changedOrder(ask, done));
    const id = actionId(ask);
    return id === undefined
      ? say(
          pick(
            ask,
            'There is nothing in this chat that I could undo.',
            'In diesem Gespräch gibt es nichts, was ich rückgängig machen könnte.',
          ),
        )
      : call(ask.tools.call('undo_action', { id }));
  },
};

/** The id a result gave for undoing it; else `last` where the tool knows that word; else the call's own id. */
function actionId(ask: Ask): string | undefined {
  const { change } = ask.memory;
  const given = textOf(change?.value.undo_id) ?? textOf(change?.value.action_id);
  if (given !== undefined) return given;
  return ask.tools.mentions('undo_action', 'id', 'last') ? 'last' : change?.id;
}
