import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryDirectory } from './temporary-directory.ts';

/** Runs a script of ours with a D-Bus session and an unlocked keyring of its own; gives the last line it printed. */
export async function runInKeychain(script: string): Promise<string> {
  const home = await temporaryDirectory();
  try {
    const command = `printf 'pw' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$NODE" ${script}`;
    const { stdout } = await promisify(execFile)('dbus-run-session', ['--', 'sh', '-c', command], {
      env: { ...process.env, HOME: home.path, XDG_DATA_HOME: home.path, NODE: process.execPath },
      timeout: 30_000,
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  } finally {
    await home.remove();
  }
}
