import { readSlots } from '../extract/slots.ts';
import type { Slots } from '../extract/slots.ts';
import { fold } from '../language/fold.ts';
import { languageOf } from '../language/language.ts';
import type { Language } from '../language/language.ts';
import { ToolBox } from '../tools/tool-box.ts';
import type { ChatRequest } from '../wire/types.ts';
import { openContext, withoutContextLines } from './context.ts';
import type { OpenContext } from './context.ts';
import { remember } from './memory.ts';
import type { Memory } from './memory.ts';
import { outcomesOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** Characters of a message that are read at all (a query of 10 kB fits), and that the rules look for their words in. */
const MAX_TEXT = 12_000;
const MAX_SENTENCE = 4000;

/** Everything a rule sees of one request. */
export interface Ask {
  /** The latest user message in its own words. */
  text: string;
  /** The same, folded for matching. */
  folded: string;
  language: Language;
  slots: Slots;
  open: OpenContext;
  memory: Memory;
  tools: ToolBox;
  /** What became of the tool calls since the latest user message. */
  outcomes: Outcome[];
}

/** Reads a request: the latest user message decides, earlier ones are memory, later tool results are this turn's progress. */
export function readAsk(request: ChatRequest): Ask {
  const { messages } = request;
  const at = messages.findLastIndex((message) => message.role === 'user');
  const raw = messages[at]?.content ?? '';
  const text = withoutContextLines(raw.slice(0, MAX_TEXT)).normalize('NFC');
  const earlier = messages.slice(0, Math.max(at, 0));
  const earlierTexts = earlier.filter((message) => message.role === 'user').map((message) => message.content);
  const candidates = [text, ...earlierTexts.reverse()];
  return {
    text,
    folded: fold(text.slice(0, MAX_SENTENCE)),
    language: candidates.map(languageOf).find((found) => found !== undefined) ?? 'en',
    slots: readSlots(text, MAX_SENTENCE),
    open: openContext(messages, raw),
    memory: remember(earlier),
    tools: new ToolBox(request.toolChoice.mode === 'none' ? [] : request.tools),
    outcomes: outcomesOf(messages.slice(at + 1)),
  };
}

/** The newest outcome of a tool in this turn. */
export function lastOutcome(ask: Ask, tool: string): Outcome | undefined {
  return ask.outcomes.findLast((outcome) => outcome.tool === tool);
}

/** The sentence in the user's language. */
export function pick(ask: { language: Language }, english: string, german: string): string {
  return ask.language === 'de' ? german : english;
}
