import { defineConfig } from 'vitest/config';
import { CountsReporter } from './scripts/test/vitest-counts-reporter.ts';

/** Unit and integration tests lie beside their source; `tests/` holds what crosses folders. */
export default defineConfig({
  test: {
    include: ['{main,preload,renderer,shared,pipeline,offline-model,scripts,tests,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'tests/e2e/**'],
    reporters: ['default', new CountsReporter()],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
