import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../root.ts';
import { runCommand } from '../run-command.ts';

/**
 * Why the tests against a real Secret Service can't run, or null when they can: keytar's binary must load, and
 * `dbus-run-session` and `gnome-keyring-daemon` must be there to give each test run its own keychain.
 */
export async function keychainSkipReason(): Promise<string | null> {
  if (process.platform !== 'linux') return 'the keychain tests use a Secret Service of their own, which only Linux has';
  for (const program of ['dbus-run-session', 'gnome-keyring-daemon']) {
    const { exitCode } = await runCommand([program, '--version'], { timeoutSeconds: 10 });
    if (exitCode !== 0) return `${program} is not installed`;
  }
  return keytarProblem();
}

/** Why keytar does not load, or null when it does. */
export function keytarProblem(): string | null {
  try {
    createRequire(join(root, 'package.json'))('keytar');
    return null;
  } catch (error) {
    return `keytar does not load: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
}
