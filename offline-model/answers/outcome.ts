import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import { isRead } from '../conversation/outcome.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { name } from './markdown.ts';

/** Errors after which a change may have happened all the same. */
const UNCERTAIN = new Set(['internal_error', 'unavailable', 'pipeline_unreachable', 'in_flight', 'unknown']);

function uncertain(ask: Ask, because: string): string {
  return pick(
    ask,
    `It is not known whether that happened${because || '.'} Look at the order before you ask again.`,
    `Es ist nicht bekannt, ob das passiert ist${because || '.'} Bitte erst den Auftrag ansehen.`,
  );
}

/** The answer to a call that did not go through, or undefined where it did: nothing is claimed that the result does not say. */
export function misfortune(ask: Ask, outcome: Outcome): string | undefined {
  const because = outcome.text === '' ? '' : `: ${plain(outcome.text)}`;
  switch (outcome.kind) {
    case 'ok':
      return undefined;
    case 'rejected':
      return pick(
        ask,
        `That was not approved, so nothing was changed${because === '' ? '.' : `. Reason${because}`}`,
        `Das wurde nicht freigegeben, es wurde also nichts geändert${because === '' ? '.' : `. Grund${because}`}`,
      );
    case 'cancelled':
      return pick(
        ask,
        `That was cancelled before it ran${because || '.'}`,
        `Das wurde vor der Ausführung abgebrochen${because || '.'}`,
      );
    case 'pending':
      return pick(
        ask,
        `That still waits for approval${because || '.'}`,
        `Das wartet noch auf die Freigabe${because || '.'}`,
      );
    case 'unknown':
      return uncertain(ask, because);
    case 'error': {
      if (UNCERTAIN.has(outcome.code) && !isRead(outcome.tool)) return uncertain(ask, because);
      const code = outcome.code === '' ? '' : ` (\`${outcome.code.replaceAll('`', '')}\`)`;
      return pick(ask, `That did not work${because || '.'}${code}`, `Das hat nicht geklappt${because || '.'}${code}`);
    }
  }
}

/** The result as it is, for shapes the rules have no words for. */
export function rawResult(ask: Ask, outcome: Outcome): string {
  const body = outcome.text === '' ? JSON.stringify(outcome.value) : outcome.text;
  const short = body.length > 400 ? `${body.slice(0, 399)}…` : body;
  return `${pick(ask, `Result of \`${outcome.tool}\``, `Ergebnis von \`${outcome.tool}\``)}: ${name(short)}`;
}

/** Says that a person changed the call before approving it. */
export function editedNote(ask: Ask, outcome: Outcome): string {
  return outcome.value.edited === true
    ? pick(ask, ' It was edited before it was approved.', ' Vor der Freigabe wurde es bearbeitet.')
    : '';
}

/** Text from outside in one line, so that Markdown takes nothing in it for a tag or for code. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('<', '\\<').trim();
}
