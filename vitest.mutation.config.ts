import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The first failing test ends the run of a mutant: what is quickest comes first, what waits for sockets last. */
const QUICK = /\/tools\/[^/]+\.test\.ts$/;
const SLOW = /(model-client|read-events)\.test\.ts$/;

class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => (SLOW.test(moduleId) ? 2 : QUICK.test(moduleId) ? 0 : 1);
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

/**
 * The tests that `npm run mutate` runs against each mutant: those of the code it mutates, but for the ones that run
 * through hundreds of made-up cases for seconds, as they would be paid for thousands of times.
 */
export default defineConfig({
  test: {
    include: ['main/agent/**/*.test.ts'],
    exclude: ['main/agent/**/*-property.test.ts'],
    sequence: { sequencer: QuickFirst },
    // One worker loads the code once for all files of a run; the next run gets a new one.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
