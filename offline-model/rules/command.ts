import type { Ask } from '../conversation/ask.ts';

const QUESTION =
  /^\W*(?:how (?:do|can|could|would|should|to)|what (?:happens|would|if)|should|shall|can i|could i|may i|did|has|have|was|were|is|are|why|when (?:did|do|does|was|were|is|are|will|has|have)|wann|wie (?:kann|koennen|wuerde|geht)|was (?:passiert|waere)|soll(?:te)?(?:n)?|kann ich|koennte ich|darf ich|hast|hat|habe|wurden?|ist|sind|warum)\b/;
const NEGATED = /\b(?:don'?t|do not|never|niemals|nicht|no longer)\b/;

const NO_DISPATCH =
  /\b(?:do(?:n[’']?t| not)\s+(?:dispatch|start|submit|send)(?:\s+(?:it|them))?|without\s+(?:dispatching|starting)|nicht\s+(?:starten|abschicken|losschicken|dispatchen)|ohne\s+zu\s+starten)\b/g;

/** The folded sentence without "but do not dispatch it", which forbids only that. */
export function withoutForbiddenDispatch(folded: string): string {
  return folded.replace(NO_DISPATCH, ' ');
}

/** Is this sentence told to be done, and not asked about or forbidden? Only such a sentence may lead to a change. */
export function isCommand(ask: Ask): boolean {
  if (QUESTION.test(ask.folded)) return false;
  return !NEGATED.test(withoutForbiddenDispatch(ask.folded));
}
