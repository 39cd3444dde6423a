import { test } from '@playwright/test';

/** Skips every test of the file, with the reason, where no browser could be found. */
export function needsBrowser(): void {
  const reason = process.env.RENDERDESK_TEST_BROWSER_MISSING;
  test.skip(reason !== undefined, `no browser: ${reason}`);
}
