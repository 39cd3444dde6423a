import { prepareTestEnvironment } from './test-prerequisites/index.ts';
import { printStep, printSummary } from './test/report.ts';
import { buildRenderer, runStep, soakSamples, staticChecks, tests, type Step, type StepResult } from './test/steps.ts';

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

console.log('== what the tests need');
const env = await prepareTestEnvironment();
const checks = await Promise.all(staticChecks.map((steps) => runInTurn(steps, env)));
const rest = await runInTurn([buildRenderer, ...tests, ...soakSamples], env);
process.exitCode = printSummary([...checks.flat(), ...rest], (performance.now() - started) / 1000);
