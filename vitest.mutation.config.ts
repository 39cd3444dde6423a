import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The first failing test ends the run of a mutant, so those that talk over a socket and wait come last. */
class QuickFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification): boolean => /(model-client|read-events)\.test\.ts$/.test(moduleId);
    return Promise.resolve(files.toSorted((a, b) => Number(isSlow(a)) - Number(isSlow(b))));
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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
