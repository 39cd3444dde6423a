import { defineConfig } from 'vitest/config';

/** The tests that `npm run mutate` runs against each mutant: those of the code it mutates. */
export default defineConfig({ test: { include: ['main/agent/**/*.test.ts'] } });
