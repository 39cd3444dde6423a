import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import { isCommand, withoutForbiddenDispatch } from './command.ts';
import { say } from './rule.ts';
import type { Rule } from './rule.ts';

/** Things a sentence can tell to be done; each of the words stands for a change of its own. */
const KINDS: [kind: string, pattern: RegExp][] = [
  ['cancel', /\b(?:cancel|abort|storniere?n?|abbrechen|brich)\b/],
  ['dispatch', /\b(?:dispatch|submit|launch|starte?n?|start|dispatche?n?|losschicken|abschicken)\b/],
  ['retry', /\b(?:retry|re-?run|redo|re-?render|render (?:\S+ )?again|wiederhole?n?|nochmals?|erneut|neu rendern)\b/],
  ['undo', /\b(?:undo|revert|rueckgaengig)\b/],
];
const CONDITION =
  /\b(?:if|unless|as soon as|provided|in case|whenever|when|until|once (?:it|they|the|that|all)|falls|wenn|sofern|sobald|es sei denn|solange|bis (?:alle|er|sie|es|der|die))\b[^.;!?]{0,60}/;
const RENDERS_NEW = /^\W*(?:please |bitte )?(?:render(?:e|n)?|create|generate|produce|erstelle?n?|erzeuge?n?)\b/;
const CHANGES =
  /\b(?:set|change|use|make|switch|update|put|apply|override|setze?n?|aendere?|stelle?n?|entferne?n?|remove|clear|reset)\b/;
/** Words left over that say something about an order that no rule has taken. */
const UNREAD = /\d|[A-Z]\w+-[A-Z]|\b(?:quality|qualit|material|format|size|background|camera|samples)/;

/** Refuses a change that the rules would do by half: a condition, two changes that do not go together, a word left over. */
export const oneThing: Rule = {
  name: 'one-thing',
  respond: (ask) => {
    if (ask.slots.sql !== undefined || !isCommand(ask)) return undefined;
    const kinds = kindsIn(ask);
    const { material, image, orders } = ask.slots;
    const settings = material !== undefined || Object.keys(image).length > 0;
    if (kinds.length === 0 && !settings && !RENDERS_NEW.test(ask.folded)) return undefined;
    const condition = CONDITION.exec(ask.folded)?.[0];
    if (condition !== undefined) return say(noConditions(ask, condition.trim()));
    const makesNew = RENDERS_NEW.test(ask.folded) && !kinds.includes('retry') && ask.slots.products.length > 0;
    if (kinds.length > 1 || (kinds.length > 0 && makesNew && orders.length > 0)) return say(oneAtATime(ask));
    if (settings && !together(ask, kinds)) return say(oneAtATime(ask));
    const left = settings && orders.length > 0 ? unread(ask) : undefined;
    return left === undefined ? undefined : say(notUnderstood(ask, left));
  },
};

function kindsIn(ask: Ask): string[] {
  const text = withoutForbiddenDispatch(ask.folded);
  return KINDS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}

/** Settings go before a dispatch or a retry that the sentence asks for "and then"; a new order is dispatched anyway. */
function together(ask: Ask, kinds: string[]): boolean {
  const [kind] = kinds;
  if (kind === undefined) return true;
  if (kind === 'cancel' || kind === 'undo') return false;
  return CHANGES.test(ask.folded) || (kind === 'dispatch' && ask.slots.orders.length === 0);
}

function unread(ask: Ask): string | undefined {
  const words = ask.slots.products.map((term) => term.phrase ?? [term.query, term.category].join(' ').trim());
  return words.find((word) => UNREAD.test(word));
}

function noConditions(ask: Ask, condition: string): string {
  return pick(
    ask,
    `I cannot check the condition “${quoted(condition)}”, so nothing was changed. Send the sentence without it when you want it done.`,
    `Die Bedingung „${quoted(condition)}“ kann ich nicht prüfen, es wurde also nichts geändert. Senden Sie den Satz ohne sie, wenn es geschehen soll.`,
  );
}

function oneAtATime(ask: Ask): string {
  return pick(
    ask,
    'These are several changes at once, and I do one at a time, so nothing was changed. Send the one that comes first, such as “Set material override to Steel-Bare on SA-2026-00160”, then the next, such as “Retry the failed renders of SA-2026-00160”.',
    'Das sind mehrere Änderungen auf einmal, ich mache sie einzeln; es wurde also nichts geändert. Senden Sie erst die eine, etwa „Setze Material Steel-Bare bei SA-2026-00160“, dann die nächste, etwa „Wiederhole die fehlgeschlagenen Renders von SA-2026-00160“.',
  );
}

function notUnderstood(ask: Ask, words: string): string {
  return pick(
    ask,
    `I did not understand “${quoted(words)}”, so nothing was changed. Say one setting for one order at a time.`,
    `„${quoted(words)}“ habe ich nicht verstanden, es wurde also nichts geändert. Nennen Sie eine Einstellung für einen Auftrag auf einmal.`,
  );
}

function quoted(words: string): string {
  return words.replace(/[<>`*[\]\\]/g, '');
}
