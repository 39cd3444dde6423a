import { basename, dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that talk over sockets and wait. */
const SLOW = /(model-client|read-events)\.test\.ts$/;

/** The first failing test ends the run of a mutant: the file beside the mutated one comes first, the slow ones last. */
class NearestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const mutated = String(this.ctx.config.related?.[0]);
    const rank = ({ moduleId }: TestSpecification): number => {
      if (SLOW.test(moduleId)) return 3;
      if (dirname(moduleId) !== dirname(mutated)) return 2;
      return basename(moduleId).startsWith(basename(mutated, '.ts')) ? 0 : 1;
    };
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

/**
 * The tests that `npm run mutate` runs against each mutant: those of the code it mutates, but for the ones that
 * go through hundreds of made-up cases or load a whole tokenizer (`*-at-length`): each mutant would pay for them.
 */
export default defineConfig({
  test: {
    include: ['main/agent/**/*.test.ts'],
    exclude: ['main/agent/**/*-at-length.test.ts'],
    sequence: { sequencer: NearestFirst },
    // One worker loads the code once for all files of a run; the next run gets a new one.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
