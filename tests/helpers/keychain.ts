import { keychainSkipReason } from '../../scripts/test-prerequisites/keychain.ts';

/**
 * Why tests against a real Secret Service can't run here, or null. For `ctx.skip(reason)`, so that the closing line of
 * `npm test` counts them and names the reason.
 */
export function keychainMissing(): Promise<string | null> {
  const known = process.env.RENDERDESK_TEST_KEYCHAIN_MISSING;
  return known === undefined ? keychainSkipReason() : Promise.resolve(known);
}
