import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './scripts/test-prerequisites/browser.ts';

// `npm test` has looked already; a run on its own looks here, and installs nothing.
if (process.env.RENDERDESK_TEST_BROWSER === undefined && process.env.RENDERDESK_TEST_BROWSER_MISSING === undefined) {
  const found = await findBrowser();
  if ('path' in found) process.env.RENDERDESK_TEST_BROWSER = found.path;
  else process.env.RENDERDESK_TEST_BROWSER_MISSING = found.reason;
}

// The pictures of the sample's past would be drawn beside every test.
process.env.RENDERDESK_SAMPLE_IMAGES = 'off';

/** End-to-end tests against the real desk behind the browser door. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/helpers/conformance/playwright-run.ts',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  reporter: [
    ['line'],
    ['json', { outputFile: 'test-results/results.json' }],
    ['./scripts/test/playwright-counts-reporter.ts'],
  ],
  use: {
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.RENDERDESK_TEST_BROWSER, args: [...browserArguments] },
  },
});
