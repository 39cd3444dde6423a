import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { CountsReporter } from './scripts/test/vitest-counts-reporter.ts';

/** Unit and integration tests lie beside their source; `tests/` holds what crosses folders. */
export default defineConfig({
  test: {
    include: ['{main,preload,renderer,shared,pipeline,offline-model,scripts,tests,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'tests/e2e/**'],
    // What is said to models, and by them, is held against the published schemas.
    globalSetup: './tests/helpers/conformance/vitest-run.ts',
    setupFiles: './tests/helpers/conformance/vitest-file.ts',
    reporters: ['default', new CountsReporter()],
    // The pictures of the sample's past would be drawn beside every test that starts a pipeline.
    env: { RENDERDESK_SAMPLE_IMAGES: 'off' },
    // Vitest leaves one core to itself by default: of two that would be half.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
