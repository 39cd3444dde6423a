import { timedTurn, type Contestant, type TurnTimes } from './contestant.ts';
import { answerOf, messageOf, type Question } from './question.ts';

/**
 * The times of turns that alternate between the contestants, so that load on the machine hits all alike. Who goes before
 * whom changes from round to round: what one leaves to be swept is not always the same one's to sweep.
 */
export async function measureTurns(
  contestants: readonly Contestant[],
  question: Question,
  { warmUp, times }: { warmUp: number; times: number },
): Promise<Map<string, TurnTimes[]>> {
  const message = messageOf(question);
  const answer = answerOf(message).tokens.join('');
  const found = new Map<string, TurnTimes[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < warmUp + times; round += 1) {
    const from = round % contestants.length;
    const order = [...contestants.slice(from), ...contestants.slice(0, from)];
    for (const contestant of round % 2 === 0 ? order : order.toReversed()) {
      const taken = await timedTurn(contestant, message, answer);
      if (round >= warmUp) found.get(contestant.name)?.push(taken);
    }
  }
  return found;
}
