import { closingLine, sum, type Counts } from './counts.ts';
import type { StepResult } from './steps.ts';

const seconds = (value: number): string => `${value.toFixed(1)} s`;

function outcome({ passed, failed, skipped }: Counts): string {
  if (passed + failed + skipped.length <= 1) return failed > 0 ? 'FAILED' : 'passed';
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}

/** Prints one finished step: a heading with its time, and its output where it failed. */
export function printStep({ step, counts, output, seconds: took }: StepResult): void {
  console.log(`\n== ${step.name}: ${outcome(counts)} (${seconds(took)})`);
  const text = output.trim();
  if (text === '') return;
  console.log(counts.failed > 0 ? text : lastLines(text, 3));
}

/** Prints what was skipped and why, what failed, and the closing line; answers with the exit code. */
export function printSummary(results: readonly StepResult[], took: number): number {
  const total = sum(results.map(({ counts }) => counts));
  console.log(`\n== summary (${seconds(took)})`);
  for (const { name, reason } of total.skipped) console.log(`skipped: ${name} (${reason})`);
  for (const { step, counts } of results.filter((result) => result.counts.failed > 0)) {
    console.log(`failed: ${step.name} (${counts.failed})`);
  }
  console.log(closingLine(total));
  return total.failed > 0 ? 1 : 0;
}

function lastLines(text: string, count: number): string {
  return text
    .split('\n')
    .slice(-count)
    .map((line) => `   ${line}`)
    .join('\n');
}
