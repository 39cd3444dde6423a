import { historyMessages } from './history.ts';
import { LIMITS } from './limits.ts';
import type { ModelMessage } from './model-types.ts';
import { shorten } from './shorten.ts';
import { situationMessage } from './situation.ts';
import { RULES } from './system-prompt.ts';
import { assistantMessages, userMessages } from './to-messages.ts';
import type { Situation, Turn } from './turn-types.ts';

/** How much of the budget is tried at a model that takes less and less. */
const PARTS = [1, 1 / 4, 1 / 16];

/** What a turn sends to the model, step by step. */
export interface Prompt {
  /** Everything up to here, with the steps of the turn so far. */
  messages(): ModelMessage[];
  /** Sends less of the conversation from now on; false where there is no less. */
  shrink(): boolean;
}

/**
 * In the order in which it changes: the rules (never), the conversation (grows at its end), what is true right now, the
 * user's words, and the steps of this turn. Providers cache a prompt by its beginning, and with the tools in front of it
 * everything up to "right now" is, byte for byte, how the next turn begins too.
 */
export function promptOf(turn: Turn, situation: Situation, now: Date): Prompt {
  const rightNow = situationMessage(turn, situation, now);
  let step = 0;
  const part = (): number => PARTS[step] ?? 1;
  const beginning = (): ModelMessage[] => {
    return [RULES, ...historyMessages(turn.before, part()), rightNow, ...userMessages(turn.user)];
  };
  let before = beginning();
  return {
    messages: () => [...before, ...shorten(assistantMessages(turn.assistant), LIMITS.turnTokens * part()).messages],
    shrink: () => {
      if (step === PARTS.length - 1) return false;
      step++;
      before = beginning();
      return true;
    },
  };
}
