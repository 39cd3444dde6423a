import { parseArgs } from 'node:util';
import { prepareTestEnvironment } from './test-prerequisites/index.ts';
import { printStep, printSummary } from './test/report.ts';
import { startTestServer } from './test/postgres-server.ts';
import {
  buildRenderer,
  runStep,
  serverTests,
  soakSamples,
  staticChecks,
  tests,
  type Step,
  type StepResult,
} from './test/steps.ts';

const started = performance.now();

async function runInTurn(steps: readonly Step[], env: Record<string, string>): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = await runStep(step, env);
    printStep(result);
    results.push(result);
  }
  return results;
}

// An exit of our own, so that what was started is ended with us.
process.on('SIGTERM', () => process.exit(143)).on('SIGINT', () => process.exit(130));

/** `embedded` (default), or `server`: every test that is not about the embedded one runs on a PostgreSQL server. */
function readDatabase(): 'embedded' | 'server' {
  const { database } = parseArgs({ options: { database: { type: 'string', default: 'embedded' } } }).values;
  if (database === 'embedded' || database === 'server') return database;
  throw new Error(`--database is embedded or server, not ${database}`);
}

const database = readDatabase();
console.log('== what the tests need');
const env = await prepareTestEnvironment();
const server = database === 'server' ? await startTestServer() : null;
if (server !== null) {
  console.log(`  everything runs on PostgreSQL ${server.version}`);
  env['RENDERDESK_TEST_DATABASE_ADMIN_URL'] = server.adminUrl;
}
const checks = await Promise.all(staticChecks.map((steps) => runInTurn(steps, env)));
const steps = [buildRenderer, ...tests, ...(server === null ? [serverTests] : []), ...soakSamples];
const rest = await runInTurn(steps, env);
await server?.stop();
process.exitCode = printSummary([...checks.flat(), ...rest], (performance.now() - started) / 1000);
