import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../root.ts';
import { runCommand } from '../run-command.ts';
import { contentHash } from './content-hash.ts';

const output = join(root, 'out/renderer');
const stampFile = join(root, 'out/renderer.stamp');
const inputs = ['renderer/**/*', 'shared/**/*.ts', 'package-lock.json', 'tsconfig.base.json'];

/** How the renderer came to be there; `problem` is a sentence for the person who started the desk. */
export type RendererBuild = { readonly state: 'fresh' | 'built' | 'kept' } | { readonly problem: string };

/**
 * Makes sure that `out/renderer` is the build of the present sources. It is built again only when their content
 * changed. Without vite (an install without devDependencies) an existing build is kept as it is.
 */
export async function ensureRenderer(): Promise<RendererBuild> {
  const stamp = await contentHash(inputs);
  const built = await exists(join(output, 'index.html'));
  if (built && (await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return { state: 'fresh' };
  if (!viteInstalled()) {
    if (built) return { state: 'kept' };
    return { problem: 'The window is not built and vite is not installed: run "npm install" with devDependencies.' };
  }
  return build(stamp);
}

/** Whether the build tool is here; it is a devDependency. */
export function viteInstalled(): boolean {
  try {
    createRequire(join(root, 'package.json')).resolve('vite');
    return true;
  } catch {
    return false;
  }
}

/** Builds beside the old one and swaps, so that a desk that is being served never sees half a build. */
async function build(stamp: string): Promise<RendererBuild> {
  const fresh = `${output}.${process.pid}`;
  const result = await runCommand(
    ['vite', 'build', '--config', 'renderer/vite.config.ts', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
    { timeoutSeconds: 120 },
  );
  if (result.exitCode !== 0) {
    await rm(fresh, { recursive: true, force: true });
    return { problem: `The window could not be built:\n${result.output.trim()}` };
  }
  await mkdir(dirname(output), { recursive: true });
  await rm(output, { recursive: true, force: true });
  await rename(fresh, output);
  await writeFile(stampFile, stamp);
  return { state: 'built' };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
