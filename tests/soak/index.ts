import { parseArgs } from 'node:util';
import { beginRun, complaintOf, judgeDirectory } from '../helpers/conformance/index.ts';
import type { SoakSuite } from './suite.ts';

const suites: Record<string, () => Promise<{ readonly run: SoakSuite }>> = {
  kill: () => import('./kill.ts'),
  crash: () => import('./crash.ts'),
  fuzz: () => import('./fuzz.ts'),
  sql: () => import('./sql.ts'),
  faults: () => import('./faults.ts'),
  lists: () => import('./lists.ts'),
};

const usage = `npm run soak -- ${Object.keys(suites).join('|')} [--rounds N] [--seconds N] [--seed N]`;

async function soak(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: 'Infinity' },
      seconds: { type: 'string', default: 'Infinity' },
      seed: { type: 'string' },
    },
  });
  const [name = ''] = positionals;
  const load = Object.hasOwn(suites, name) ? suites[name] : undefined;
  if (load === undefined) {
    console.error(usage);
    return 1;
  }
  const limited = Number.isFinite(Number(values.rounds)) || Number.isFinite(Number(values.seconds));
  const rounds = limited ? Number(values.rounds) : 200;
  const { records, tell } = beginRun();
  const { run } = await load();
  // A short sample makes the same choices each time, so that it tells of a change; a long run looks further each time.
  const seed = Number(values.seed ?? (Number.isFinite(Number(values.seconds)) ? 1 : Date.now() % 1_000_000));
  console.log(`${name}: seed ${seed}`);
  const started = performance.now();
  const { passed, failed, notes } = await run({ rounds, seconds: Number(values.seconds), seed, log: console.log });
  for (const note of notes) console.log(note);
  const complaint = complaintOf(judgeDirectory(records));
  if (complaint !== null) console.log(`FAILED: ${complaint}`);
  console.log(tell());
  const failures = failed + (complaint === null ? 0 : 1);
  console.log(
    `${name}: ${passed} passed, ${failures} failed in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return failures === 0 && passed > 0 ? 0 : 1;
}

// An exit of our own, so that what was started is ended with us.
process.on('SIGTERM', () => process.exit(143)).on('SIGINT', () => process.exit(130));
process.exitCode = await soak();
