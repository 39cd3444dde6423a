import { inspect } from 'node:util';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { pointRound, prepareGround, SCENARIOS, type Ground } from './kill/point-round.ts';
import { POINTS } from './kill/points.ts';
import { killRound, undisturbedMs } from './kill/round.ts';
import { seeded, type Random } from './random.ts';
import { SoakCount, type SoakOptions, type SoakSuite } from './suite.ts';

/** Rounds at once in a full run: most of a round is waiting for a lease to run out. */
const lanes = 4;
/** Of so many rounds one kills at a random moment, whatever is going on; the others at an exact point of a turn. */
const timedOf = 4;

interface Run {
  readonly options: SoakOptions;
  readonly random: Random;
  readonly count: SoakCount;
  readonly until: number;
  /** How often each point was killed at, by its name with the scenario. */
  readonly points: Map<string, number>;
  /** Rounds that were begun, and of them those at a point. */
  begun: number;
  pointed: number;
}

/** `kill -9` in the middle of changing turns: nothing lost, nothing doubled. */
export const run: SoakSuite = async (options) => {
  const until = performance.now() + options.seconds * 1000;
  const shared = { options, random: seeded(options.seed), count: new SoakCount(), until };
  const state: Run = { ...shared, points: new Map(), begun: 0, pointed: 0 };
  const atOnce = Number.isFinite(options.seconds) ? 1 : Math.min(lanes, options.rounds);
  await Promise.all(Array.from({ length: atOnce }, () => runLane(state)));
  for (const [point, times] of state.points) state.count.note(`${point}: ${times}`);
  return state.count.result();
};

async function runLane(state: Run): Promise<void> {
  let ground: Ground | undefined;
  let timed: TimedRounds | undefined;
  try {
    while (state.begun < state.options.rounds && (state.begun === 0 || performance.now() < state.until)) {
      const isTimed = state.begun++ % timedOf === 0;
      if (isTimed) {
        timed ??= await prepareTimed(state);
        await timedRound(state, timed);
      } else {
        ground ??= await prepareGround();
        await roundAtPoint(state, ground);
      }
    }
  } finally {
    await timed?.remove();
    await ground?.close();
  }
}

interface TimedRounds {
  readonly data: string;
  readonly undisturbedMs: number;
  /** The first round cuts where the order is being made; the others anywhere, and a little after the end. */
  afterMs: number;
  remove(): Promise<void>;
}

async function prepareTimed({ options, count }: Run): Promise<TimedRounds> {
  const data = await temporaryDirectory();
  const undisturbed = await undisturbedMs(data.path);
  options.log(`undisturbed: an answer after ${Math.round(undisturbed.ms)} ms`);
  count.check(undisturbed.problem);
  const afterMs = Math.round(undisturbed.ms * 0.6);
  return { data: data.path, undisturbedMs: undisturbed.ms, afterMs, remove: data.remove };
}

async function timedRound({ options, random, count }: Run, timed: TimedRounds): Promise<void> {
  const { afterMs } = timed;
  try {
    const round = await killRound(timed.data, random, afterMs);
    const story = `killed ${round.victim} after ${afterMs} ms, ${round.ordered ? 'ordered once' : 'no order'}`;
    tell(options, count, story, round.problem);
  } catch (error) {
    tell(options, count, `killed after ${afterMs} ms`, inspect(error));
  }
  timed.afterMs = random.int(Math.round(timed.undisturbedMs * 1.2));
}

/** Goes through the points in turn, each time with another scenario, so that a run of 27 has been everywhere. */
async function roundAtPoint(state: Run, ground: Ground): Promise<void> {
  const { options, random, count, points } = state;
  const turn = state.pointed++;
  const point = POINTS[turn % POINTS.length];
  const scenario = SCENARIOS[(turn + Math.floor(turn / POINTS.length)) % SCENARIOS.length];
  if (point === undefined || scenario === undefined) throw new Error('There are no points.');
  const name = `${scenario}, killed at: ${point.name}`;
  // One round that could not be had is a failure of its own, not the end of all others.
  const problem = await pointRound(ground, scenario, point, random).catch((error: unknown) => inspect(error));
  points.set(name, (points.get(name) ?? 0) + 1);
  tell(options, count, name, problem);
}

function tell({ log }: SoakOptions, count: SoakCount, story: string, problem: string | null): void {
  log(problem === null ? story : `${story}: ${problem}`);
  count.check(problem === null ? null : `${story}: ${problem}`);
}
