import type { StoredMessage } from '../../shared/domain/index.ts';
import { digestMessages, turnInALine } from './digest.ts';
import { LIMITS } from './limits.ts';
import type { ModelMessage } from './model-types.ts';
import { shorten, tokensOf, type Shortened } from './shorten.ts';
import { assistantMessages, userMessages } from './to-messages.ts';

interface PastTurn extends Shortened {
  stored: readonly StoredMessage[];
}

/**
 * What was said and done before, within a budget of tokens. Cuts are made at whole turns and far apart: a conversation
 * that outgrew `historyTokens` goes on with `historyKeptTokens` of it, so that between two cuts each prompt begins as the
 * one before did. Where a cut falls depends on what is stored alone. What is cut off stays as a digest.
 * `part` is how much of the budget to use, for a model that takes less.
 */
export function historyMessages(stored: readonly StoredMessage[], part = 1): ModelMessage[] {
  const turns = pastTurns(stored, LIMITS.pastTurnTokens * part);
  const from = firstKept(turns, LIMITS.historyTokens * part, LIMITS.historyKeptTokens * part);
  const cut = turns.slice(0, from).map((turn) => turn.stored);
  return [...digestMessages(cut), ...turns.slice(from).flatMap(({ messages }) => messages)];
}

/** An answer belongs to the question before it: they go or stay together. */
function pastTurns(stored: readonly StoredMessage[], mostTokens: number): PastTurn[] {
  const turns: StoredMessage[][] = [];
  for (const message of stored) {
    const last = turns.at(-1);
    if (message.role === 'assistant' && last) last.push(message);
    else if (message.role !== 'system') turns.push([message]);
  }
  return turns.map((turn) => ({ stored: turn, ...withinTokens(turn, mostTokens) }));
}

/** A turn with its results shortened; one with so many calls that this does not help is told in a line. */
function withinTokens(turn: readonly StoredMessage[], most: number): Shortened {
  const whole = turn.flatMap((each) => (each.role === 'assistant' ? assistantMessages(each) : userMessages(each)));
  const shorter = shorten(whole, most);
  if (shorter.tokens <= most) return shorter;
  const content = `One turn of this conversation is too long to be repeated:\n${turnInALine(turn)}`;
  const messages: ModelMessage[] = [{ role: 'system', content }];
  return { messages, tokens: tokensOf(messages) };
}

/** The first turn that is sent, found by going through the conversation as it grew. */
function firstKept(turns: readonly PastTurn[], most: number, kept: number): number {
  let from = 0;
  let sum = 0;
  for (const { tokens } of turns) {
    sum += tokens;
    if (sum <= most) continue;
    for (; sum > kept; from++) sum -= turns[from]?.tokens ?? 0;
  }
  return from;
}
