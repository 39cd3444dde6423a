import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../root.ts';
import { runCommand } from '../run-command.ts';

const fetchSeconds = 90;
const distribution = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');

/** An Electron that can open a window here, or the reason why there is none. */
export type ElectronSearch = { readonly path: string } | { readonly reason: string };

/** Finds Electron's binary; where it is missing but could be used, fetches it once, within a bounded time. */
export async function findElectron(): Promise<ElectronSearch> {
  const obstacle = windowObstacle();
  if (obstacle !== null) return { reason: obstacle };
  const path = join(distribution, binaryName());
  if ((await findDistribution()) !== null) return { path };
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return { reason: `there is no Electron at ${path}` };
  console.log(`fetching Electron's binary (once, at most ${fetchSeconds} s; --web starts without it)`);
  const { exitCode, output } = await runCommand(['install-electron'], { timeoutSeconds: fetchSeconds });
  if (exitCode === 0 && (await exists(path))) return { path };
  return { reason: `Electron's binary is not here and could not be fetched (${lastLine(output)})` };
}

/** The folder of an unpacked Electron, or null. */
export async function findDistribution(): Promise<string | null> {
  return (await exists(join(distribution, binaryName()))) ? distribution : null;
}

function windowObstacle(): string | null {
  if (process.platform !== 'linux') return null;
  if (process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) return 'there is no display';
  if (process.getuid?.() === 0) return 'Electron keeps its sandbox only for a user other than root';
  return null;
}

function binaryName(): string {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function lastLine(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
