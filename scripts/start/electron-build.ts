import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../root.ts';
import { runCommand } from '../run-command.ts';
import { contentHash } from './content-hash.ts';

const stampFile = join(root, 'out/electron.stamp');
const inputs = [
  '{main,preload,renderer,pipeline,offline-model}/**/*',
  '{shared,scripts/build}/**/*.ts',
  'electron.vite.config.ts',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Builds the Electron application and the services it starts where the sources changed; null, or a sentence on what went wrong. */
export async function ensureElectronBuild(): Promise<string | null> {
  const stamp = await contentHash(inputs);
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return null;
  console.log('building the Electron application');
  const { exitCode, output } = await runCommand(['electron-vite', 'build'], { timeoutSeconds: 300 });
  if (exitCode !== 0) return `The Electron application could not be built:\n${output.trim()}`;
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp);
  return null;
}
