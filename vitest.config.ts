import { defineConfig } from 'vitest/config';

/** Unit and integration tests lie beside their source; `tests/` holds what crosses folders. */
export default defineConfig({
  test: {
    include: ['{main,preload,renderer,shared,pipeline,offline-model,scripts,tests}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'tests/e2e/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
