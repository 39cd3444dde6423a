import { writeFileSync } from 'node:fs';
import type { FullConfig, Reporter, Suite, TestCase } from '@playwright/test/reporter';
import type { Counts, Skipped } from './counts.ts';

/** Writes the counts of a Playwright run, with the reason of each skipped test, to `RENDERDESK_COUNTS_FILE`. */
class CountsReporter implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onError(): void {
    this.#errors += 1;
  }

  onEnd(): void {
    const file = process.env.RENDERDESK_COUNTS_FILE;
    if (file !== undefined)
      writeFileSync(file, JSON.stringify(countTests(this.#suite?.allTests() ?? [], this.#errors)));
  }
}

function countTests(tests: readonly TestCase[], errors: number): Counts {
  const skipped: Skipped[] = [];
  let passed = 0;
  let failed = errors;
  for (const test of tests) {
    const outcome = test.outcome();
    if (outcome === 'skipped')
      skipped.push({ name: test.titlePath().filter(Boolean).join(' > '), reason: skipReason(test) });
    else if (outcome === 'expected') passed += 1;
    else failed += 1;
  }
  return { passed, failed, skipped };
}

function skipReason(test: TestCase): string {
  const annotations = [...test.annotations, ...test.results.flatMap((result) => result.annotations)];
  return annotations.find(({ type }) => type === 'skip')?.description ?? 'the run ended before it';
}

// eslint-disable-next-line no-restricted-exports -- Playwright loads a reporter file by its default export
export default CountsReporter;
