import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../run-command.ts';
import { oneStep, withExitCode, type Counts } from './counts.ts';

/** One thing `npm test` does. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** The command counts its own tests and writes them to `RENDERDESK_COUNTS_FILE`. */
  readonly counts?: true;
  readonly timeoutSeconds: number;
  /** Name of the variable that holds the reason where this step can't run. */
  readonly skippedBy?: string;
  readonly env?: Record<string, string | undefined>;
}

export interface StepResult {
  readonly step: Step;
  readonly counts: Counts;
  readonly output: string;
  readonly seconds: number;
}

const step = (name: string, ...command: string[]): Step => ({ name, command, timeoutSeconds: 180 });

/** Checks of the sources; the two lists run side by side. */
export const staticChecks: readonly (readonly Step[])[] = [
  [
    step('type check', 'tsc', '--build'),
    step('dead code', 'knip'),
    step('file sizes', 'node', 'scripts/test/size-report.ts'),
  ],
  [step('lint', 'eslint', '.'), step('format', 'prettier', '--check', '.', '--log-level', 'warn')],
];

export const buildRenderer = step('renderer build', 'node', 'scripts/prepare.ts');

/** Tests, one after the other: each uses every core itself. */
export const tests: readonly Step[] = [
  { name: 'unit and integration', command: ['vitest', 'run'], counts: true, timeoutSeconds: 900 },
  {
    name: 'end to end',
    command: ['playwright', 'test'],
    counts: true,
    timeoutSeconds: 480,
    // Playwright forces colours on its workers, and they complain of NO_COLOR beside that.
    env: { NO_COLOR: undefined, FORCE_COLOR: '0' },
  },
];

/** What depends on the database; rendering and the data directory do not. */
const onServer = ['api', 'db', 'domain', 'jobs', 'query', 'store'].map((folder) => `pipeline/${folder}/`);

/**
 * The pipeline's tests once more, on a PostgreSQL server with the oldest supported version's programs where Debian has
 * them; `npm test -- --database server` runs everything there instead.
 */
export const serverTests: Step = {
  name: 'pipeline on a PostgreSQL server',
  command: ['node', 'scripts/test/on-server.ts', 'vitest', 'run', ...onServer],
  skippedBy: 'RENDERDESK_TEST_SERVER_MISSING',
  counts: true,
  timeoutSeconds: 900,
};

const soakSuites = ['kill', 'crash', 'fuzz', 'sql', 'faults', 'lists'];

/** A short sample of each soak suite; the full figures come from `npm run soak`. */
export const soakSamples: readonly Step[] = soakSuites.map((suite) => ({
  name: `soak sample: ${suite}`,
  command: ['node', 'tests/soak/index.ts', suite, '--seconds', '10'],
  env: { RENDERDESK_SAMPLE_IMAGES: 'off' },
  timeoutSeconds: 60,
}));

/** Runs one step; what it prints is kept for the report. */
export async function runStep(step: Step, env: Record<string, string>): Promise<StepResult> {
  const reason = step.skippedBy === undefined ? undefined : env[step.skippedBy];
  if (reason !== undefined) {
    return { step, counts: { passed: 0, failed: 0, skipped: [{ name: step.name, reason }] }, output: '', seconds: 0 };
  }
  const folder = await mkdtemp(join(tmpdir(), 'renderdesk-test-'));
  const countsFile = join(folder, 'counts.json');
  const { exitCode, output, seconds } = await runCommand(step.command, {
    env: { ...env, RENDERDESK_COUNTS_FILE: countsFile, NO_COLOR: '1', ...step.env },
    timeoutSeconds: step.timeoutSeconds,
  });
  const counts = step.counts ? withExitCode(await readCounts(countsFile), exitCode) : oneStep(exitCode);
  await rm(folder, { recursive: true });
  return { step, counts, output, seconds };
}

async function readCounts(file: string): Promise<Counts> {
  // A runner that died before its report has counted nothing; its exit code makes that a failure.
  const text = await readFile(file, 'utf8').catch(() => '{"passed":0,"failed":0,"skipped":[]}');
  return JSON.parse(text) as Counts;
}
