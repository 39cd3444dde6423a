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

/** Why keytar does not load, or null when it does. Asked of a fresh process: this one remembers what it once did not find. */
export async function keytarProblem(): Promise<string | null> {
  const { exitCode, output } = await runCommand(['node', '--eval', "require('keytar')"], { timeoutSeconds: 20 });
  if (exitCode === 0) return null;
  const error = output.split('\n').find((line) => line.includes('Error'));
  return `keytar does not load: ${error?.replace(/^Error: /, '') ?? `exit code ${exitCode}`}`;
}
