import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const lintSetUp = ['eslint.config.js', 'tsconfig.lint.json', 'tsconfig.base.json', 'package.json', 'scripts/lint'];

/**
 * A small tree of the given files under the project's own lint configuration, so that a violation can be planted
 * without touching the checkout. Paths are relative to the root; the caller removes it.
 */
export async function plantTree(files: Record<string, string>): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'renderdesk-lint-'));
  for (const part of lintSetUp) await cp(join(root, part), join(path, part), { recursive: true });
  await symlink(join(root, 'node_modules'), join(path, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
