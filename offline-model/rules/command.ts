import type { Ask } from '../conversation/ask.ts';

const QUESTION =
  /^\W*(?:how (?:do|can|could|would|should|to)|what (?:happens|would|if)|should|shall|can i|could i|may i|did|has|have|was|were|is|are|why|wie (?:kann|koennen|wuerde|geht)|was (?:passiert|waere)|soll(?:te)?(?:n)?|kann ich|koennte ich|darf ich|hast|hat|habe|wurden?|ist|sind|warum)\b/;
const NEGATED = /\b(?:don'?t|do not|never|niemals|nicht|no longer)\b/;

/** Is this sentence told to be done, and not asked about or forbidden? Only such a sentence may lead to a change. */
export function isCommand(ask: Ask): boolean {
  if (QUESTION.test(ask.folded)) return false;
  return ask.slots.draft || !NEGATED.test(ask.folded);
}
