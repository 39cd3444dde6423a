import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryDirectory } from './temporary-directory.ts';

const UNLOCKED = "printf 'pw' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && ";

/** Runs a script of ours with a D-Bus session and an unlocked keyring of its own; gives the last line it printed. */
export function runInKeychain(script: string): Promise<string> {
  return run('dbus-run-session', ['--', 'sh', '-c', `${UNLOCKED}exec "$NODE" ${script}`]);
}

/** Runs it where a keyring was never set up (`session`), or where there is no D-Bus at all. */
export function runWithoutKeychain(script: string, bus: 'session' | 'none'): Promise<string> {
  const command = ['sh', '-c', `exec "$NODE" ${script}`];
  return bus === 'session' ? run('dbus-run-session', ['--', ...command]) : run('env', command);
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const home = await temporaryDirectory();
  // The keyring of whoever runs the tests is none of their business.
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...rest } = process.env;
  const own = { HOME: home.path, XDG_DATA_HOME: home.path, XDG_RUNTIME_DIR: home.path, NODE: process.execPath };
  try {
    const { stdout } = await promisify(execFile)(program, [...args], { env: { ...rest, ...own }, timeout: 30_000 });
    return stdout.trim().split('\n').at(-1) ?? '';
  } finally {
    await home.remove();
  }
}
