import { setTimeout as wait } from 'node:timers/promises';
import { findServerPrograms } from '../../scripts/test/postgres-server.ts';
import { checkImages, findTroubles, untilRest } from './crash/checks.ts';
import { actAsClient, productIds, settle, type Told } from './crash/client.ts';
import { keepListening } from './crash/listener.ts';
import { embeddedPlace, spreadPlace, type Place, type Victim } from './crash/place.ts';
import { seeded, type Random } from './random.ts';
import { SoakCount, type SoakOptions, type SoakSuite } from './suite.ts';

const clients = 4;
/** The kill comes at any moment of this time after the clients began, ms. */
const killWithin = 1500;

/**
 * `kill -9` of API, workers and database while clients create, dispatch, cancel and retry: after each round everything
 * comes back, comes to rest, and is compared with what the clients were told. Half of the rounds run in one process on
 * its own database, half spread over processes on a server, where one is installed.
 */
export const run: SoakSuite = async (options) => {
  const count = new SoakCount();
  const server = await findServerPrograms();
  const sample = Number.isFinite(options.seconds);
  const places = server === null || sample ? [embeddedPlace] : [embeddedPlace, spreadPlace];
  if (server === null) count.note('crash: no PostgreSQL server is installed, so nothing was spread over processes');
  for (const [index, open] of places.entries()) {
    const rounds = Math.ceil(options.rounds / places.length);
    await runPlace(await open(), { ...options, rounds, seed: options.seed + index }, count);
  }
  return count.result();
};

async function runPlace(place: Place, { rounds, seconds, seed, log }: SoakOptions, count: SoakCount): Promise<void> {
  const random = seeded(seed);
  const until = performance.now() + seconds * 1000;
  const since = new Date();
  const told: Told[] = [];
  const images = new Map<string, string>();
  const kills: Record<Victim, number> = { api: 0, worker: 0, database: 0 };
  try {
    const { token } = await place.signIn();
    const listener = keepListening(place, token);
    for (let round = 1; round <= rounds && performance.now() < until; round += 1) {
      const started = performance.now();
      const victim = random.pick(place.victims);
      kills[victim] += 1;
      const troubles = await crashRound({ place, token, random, victim }, { told, images, since });
      troubles.push(...listener.problems.splice(0));
      const story = `${place.name} ${round}: killed ${victim}, ${ordersOf(told)} orders so far`;
      log(
        `${story}, ${((performance.now() - started) / 1000).toFixed(1)} s${troubles.map((text) => `\n  ${text}`).join('')}`,
      );
      count.check(troubles.length === 0 ? null : `${story}: ${troubles.join('; ')}`);
      if (troubles.length > 0) log(place.output().slice(-2000));
    }
    count.note(
      `${place.name}: ${kills.api} x API, ${kills.worker} x worker, ${kills.database} x database killed; ` +
        `${ordersOf(told)} orders, ${told.flatMap(({ asked }) => asked).length} changes, ${images.size} images compared, ${listener.last()} events`,
    );
    listener.stop();
  } finally {
    await place.stop();
  }
}

function ordersOf(told: readonly Told[]): number {
  return told.flatMap(({ asked }) => asked).filter(({ what, order }) => what === 'create' && order !== null).length;
}

interface Round {
  readonly place: Place;
  readonly token: string;
  readonly random: Random;
  readonly victim: Victim;
}

interface Kept {
  readonly told: Told[];
  readonly images: Map<string, string>;
  readonly since: Date;
}

async function crashRound({ place, token, random, victim }: Round, { told, images, since }: Kept): Promise<string[]> {
  const until = performance.now() + killWithin + 500;
  const products = await productIds(place, token);
  const acting = Promise.all(
    Array.from({ length: clients }, () =>
      actAsClient({ place, token, products, random: seeded(random.int(2 ** 31)) }, until),
    ),
  );
  await wait(random.int(killWithin));
  await place.kill(victim);
  await wait(random.int(400));
  await place.restore();
  const now = await acting;
  for (const one of now) await settle(place, token, one, random);
  told.push(...now);
  const db = await place.connect();
  try {
    const unrest = await untilRest(db);
    if (unrest !== null) return [unrest];
    return [...(await findTroubles(db, told, since)), ...(await checkImages(place, token, db, { images, since }))];
  } finally {
    await db.end();
  }
}
