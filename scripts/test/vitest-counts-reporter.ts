import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Counts, Skipped } from './counts.ts';

/** Writes the counts of a vitest run, with the reason of each skipped test, to the file in `RENDERDESK_COUNTS_FILE`. */
export class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const file = process.env.RENDERDESK_COUNTS_FILE;
    if (file !== undefined) writeFileSync(file, JSON.stringify(countModules(modules, unhandledErrors.length)));
  }
}

function countModules(modules: readonly TestModule[], unhandledErrors: number): Counts {
  let passed = 0;
  let failed = unhandledErrors;
  const skipped: Skipped[] = [];
  for (const module of modules) {
    const results = [...module.children.allTests()].map((test) => ({ test, result: test.result() }));
    // A file that could not be loaded has no failed tests, nor has a suite whose set-up threw; neither may pass for that.
    failed += [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0).length;
    for (const { test, result } of results) {
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'failed') failed += 1;
      else skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason: skipReason(test) });
    }
  }
  return { passed, failed, skipped };
}

function skipReason(test: TestCase): string {
  const result = test.result();
  if (result.state === 'pending') return 'the run ended before it';
  for (let around = test.parent; ; around = around.parent) {
    if (around.errors().length > 0) return 'its set-up failed';
    if (around.type === 'module') break;
  }
  return (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given';
}
