import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import { orderIds, speaksOfOrder } from './order-target.ts';
import { call, say } from './rule.ts';
import type { Rule } from './rule.ts';

const TOOL = 'show_in_app';
const OPEN = /\b(?:open|oeffne|go to|take me to|bring mich|in (?:the|der) app)\b/;

/** The pages of the window, as a sentence that is nothing else names them. */
const PAGES: [RegExp, string][] = [
  [/\b(?:the |my )?orders(?: page| list)?\W*$|\b(?:auftraege|auftragsliste)n?\W*$/, 'orders'],
  [/\b(?:the )?(?:products|catalogue)(?: page| list)?\W*$|\b(?:produkte|produktliste|katalog)n?\W*$/, 'products'],
  [/\bsettings(?: page)?\W*$|\beinstellungen\W*$/, 'settings'],
];

/** "Open order SA-2026-00160", "go to the settings", where the window can be steered. */
export const showInApp: Rule = {
  name: 'show-in-app',
  respond: (ask) => {
    const page = speaksOfOrder(ask) ? undefined : PAGES.find(([pattern]) => pattern.test(ask.folded))?.[1];
    const isWanted = OPEN.test(ask.folded) && (speaksOfOrder(ask) || page !== undefined);
    if (!isWanted || !ask.tools.has(TOOL)) return undefined;
    const done = lastOutcome(ask, TOOL);
    if (done !== undefined)
      return say(misfortune(ask, done) ?? pick(ask, 'It is open in the app.', 'Ist in der App geöffnet.'));
    if (page !== undefined) return call(ask.tools.call(TOOL, { view: page, id: null }));
    const target = orderIds(ask, TOOL);
    if ('step' in target) return target.step;
    return call(ask.tools.call(TOOL, { view: 'order', id: target.ids[0] }));
  },
};
