import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { killRound, undisturbedMs } from './kill/round.ts';
import { seeded, type Random } from './random.ts';
import { SoakCount, type SoakOptions, type SoakSuite } from './suite.ts';

/** Rounds at once in a full run: most of a round is waiting for a lease to run out. */
const lanes = 4;

/** `kill -9` in the middle of changing turns: nothing lost, nothing doubled. */
export const run: SoakSuite = async (options) => {
  const count = new SoakCount();
  const random = seeded(options.seed);
  const left = { rounds: options.rounds };
  const atOnce = Number.isFinite(options.seconds) ? 1 : Math.min(lanes, options.rounds);
  await Promise.all(Array.from({ length: atOnce }, () => runLane(options, left, random, count)));
  return count.result();
};

async function runLane(
  { seconds, log }: SoakOptions,
  left: { rounds: number },
  random: Random,
  count: SoakCount,
): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const data = await temporaryDirectory();
  try {
    const undisturbed = await undisturbedMs(data.path);
    log(`undisturbed: an answer after ${Math.round(undisturbed.ms)} ms`);
    count.check(undisturbed.problem);
    // The first round cuts where the order is being made; the others anywhere, and a little after the end.
    let afterMs = Math.round(undisturbed.ms * 0.6);
    do {
      left.rounds -= 1;
      const round = await killRound(data.path, random, afterMs);
      const story = `killed ${round.victim} after ${afterMs} ms, ${round.ordered ? 'ordered once' : 'no order'}`;
      log(round.problem === null ? story : `${story}: ${round.problem}`);
      count.check(round.problem === null ? null : `${story}: ${round.problem}`);
      afterMs = random.int(Math.round(undisturbed.ms * 1.2));
    } while (left.rounds > 0 && performance.now() < until);
  } finally {
    await data.remove();
  }
}
