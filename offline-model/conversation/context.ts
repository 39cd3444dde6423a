import type { ChatMessage } from '../wire/types.ts';

/** What is open in front of the user, as a system message or a context line of the user's message states it. */
export interface OpenContext {
  order: string | undefined;
  product: string | undefined;
  selection: string | undefined;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** Order numbers look like `SA-2026-00160`. */
export const ORDER_NUMBER = '[A-Z]{2}-\\d{4}-\\d{3,7}';
/** Selection ids look like `sel_…`. */
export const SELECTION_ID = 'sel_[A-Za-z0-9_-]+';

const MARK = '(?:open|current|viewing|context|attached|selected|ge(?:ö|oe)ffnet\\w*|offen\\w*|aktuell\\w*|kontext)';
/** At the beginning of a line only: what follows a colon may be a name from outside that imitates one. */
const OPEN_ORDER = new RegExp(
  `^[^\\w\\n]*${MARK}\\b[^\\n]{0,40}?\\b(?:order|auftrag)\\b[^\\n]*?\\b(${ORDER_NUMBER}|${UUID})`,
  'im',
);
const OPEN_PRODUCT = new RegExp(
  `^[^\\w\\n]*${MARK}\\b[^\\n]{0,40}?\\b(?:product|produkt)\\b[^\\n]*?\\b(${UUID})`,
  'im',
);
const SELECTION = new RegExp(
  `^[^\\w\\n]*(?:${MARK}\\W+)?(?:selection|auswahl)\\b[^\\n]{0,20}?\\b(${SELECTION_ID})`,
  'im',
);
/** A line of its own that states context instead of asking: `[selection: sel_…, 148 products]`, `open order: SA-…`. */
const CONTEXT_LINE =
  /^[^\S\n]*(?:[[(<{][^\S\n]*)?(?:open |current |attached |selected |context|kontext|selection|auswahl)[^\n]{0,30}?[:=][^\n]*$/gim;

/** The user's words without the context lines that a client put among them. */
export function withoutContextLines(text: string): string {
  const rest = text.replace(CONTEXT_LINE, '').trim();
  return rest === '' ? text : rest;
}

/** Reads what is open from the system messages and the context lines of the latest user message; the latest statement wins. */
export function openContext(messages: readonly ChatMessage[], latestUserText: string): OpenContext {
  const system = messages.filter((message) => message.role === 'system' || message.role === 'developer');
  const contextLines = latestUserText.match(CONTEXT_LINE) ?? [];
  const sources = [...contextLines, ...system.map((message) => message.content).reverse()];
  const first = (pattern: RegExp): string | undefined =>
    sources.map((source) => pattern.exec(source)?.[1]).find((found) => found !== undefined);
  return { order: first(OPEN_ORDER), product: first(OPEN_PRODUCT), selection: first(SELECTION) };
}
