import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import type { Binaries } from './binaries.ts';
import { refuse } from './refuse.ts';

/** How to run PostgreSQL's programs here, and where its files go. */
export interface RunAs {
  /** Put before the program: empty, or `unshare --user --map-user=1000`. */
  prefix: readonly string[];
  uid?: number;
  gid?: number;
  binaries: Binaries;
  /** Where the cluster lies. */
  clusterDir: string;
}

/**
 * PostgreSQL refuses to run as root. As root (containers, CI) it runs in a user namespace of its own, where the same
 * files belong to user 1000; where namespaces are forbidden, copies of the binaries and the cluster go to a folder of
 * the existing unprivileged user `nobody`. No user is ever made.
 */
export function chooseRunAs(binaries: Binaries, dataDir: string): RunAs {
  const clusterDir = path.join(dataDir, 'postgres');
  if (process.getuid?.() !== 0) return { prefix: [], binaries, clusterDir };
  if (process.env['RENDERDESK_NO_USER_NAMESPACE'] !== '1' && canUnshare()) {
    return { prefix: ['unshare', '--user', '--map-user=1000', '--'], binaries, clusterDir };
  }
  return asNobody(binaries, dataDir);
}

function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-user=1000', '--', 'true'], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    // Forbidden by the kernel or not installed: the other way is taken.
    return false;
  }
}

function asNobody(binaries: Binaries, dataDir: string): RunAs {
  const { uid, gid } = findUser('nobody');
  const key = createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 16);
  const home = path.join('/var/tmp', `renderdesk-${key}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  chownSync(home, uid, gid);
  const copy = path.join(home, 'binaries');
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) {
    cpSync(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
  }
  const inCopy = (file: string): string => path.join(copy, path.relative(binaries.root, file));
  const own = { initdb: inCopy(binaries.initdb), postgres: inCopy(binaries.postgres), root: copy };
  return { prefix: [], uid, gid, binaries: own, clusterDir: path.join(home, 'postgres') };
}

function findUser(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    refuse(`PostgreSQL cannot run as root, and there is no user ${name}. Start Renderdesk as another user.`);
  }
  return { uid: Number(uid), gid: Number(gid) };
}
