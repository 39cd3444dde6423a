import { defineConfig } from 'vitest/config';
import everything from './vitest.config.ts';

const folders = ['main/agent', 'main/chat', 'main/credentials'];

/**
 * `npm run coverage`: how much of what acts for a person is run by the tests beside it and by those of a whole desk. It
 * fails where a folder falls below its share.
 */
export default defineConfig({
  test: {
    ...everything.test,
    include: ['main/{agent,chat,credentials}/**/*.test.ts', 'tests/{desk,injection}/**/*.test.ts'],
    // A function that comes from the compile cache is counted less exactly.
    env: { ...everything.test?.env, NODE_DISABLE_COMPILE_CACHE: '1' },
    // Counting takes time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      enabled: true,
      provider: 'v8',
      // The desk, the keychain's scripts and the token counter run in programs and threads of their own.
      autoAttachSubprocess: true,
      include: folders.map((folder) => `${folder}/**/*.ts`),
      exclude: ['**/*.test.ts'],
      reporter: ['text', 'json'],
      reportOnFailure: true,
      thresholds: Object.fromEntries(folders.map((folder) => [`${folder}/**`, { lines: 95 }])),
    },
  },
});
