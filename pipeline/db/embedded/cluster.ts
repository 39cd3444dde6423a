import { execFile, spawn } from 'node:child_process';
import { chownSync, closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { Connection } from '../connections.ts';
import { limitedCommand } from './limits.ts';
import { refuse, tellsOfFullDisk } from './refuse.ts';
import type { RunAs } from './run-as.ts';

const run = promisify(execFile);

/** Major version of the npm binaries; a cluster of another one is refused. */
const MAJOR_VERSION = '18';

/** Makes the cluster where there is none. A half-made one from a crash is thrown away, since it holds nothing yet. */
export async function initCluster(runAs: RunAs, adminPassword: string): Promise<void> {
  const version = await readFile(path.join(runAs.clusterDir, 'PG_VERSION'), 'utf8').catch(ignoreMissing);
  if (version !== undefined) {
    if (version.trim() === MAJOR_VERSION) return;
    refuse(
      `The data directory holds a PostgreSQL ${version.trim()} database; this Renderdesk brings ${MAJOR_VERSION}. ` +
        'Open it with the older Renderdesk and make a backup, then restore that into a new data directory.',
    );
  }
  const making = `${runAs.clusterDir}.new`;
  await rm(making, { recursive: true, force: true });
  const passwordFile = `${runAs.clusterDir}.pw`;
  await writeFile(passwordFile, adminPassword, { mode: 0o600 });
  if (runAs.uid !== undefined) chownSync(passwordFile, runAs.uid, runAs.gid ?? runAs.uid);
  try {
    const [program = runAs.binaries.initdb, ...rest] = [...runAs.prefix, runAs.binaries.initdb];
    await run(program, [...rest, ...initArguments(making, passwordFile)], {
      ...(runAs.uid === undefined ? {} : { uid: runAs.uid, gid: runAs.gid }),
      cwd: path.dirname(runAs.clusterDir),
    });
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    if (tellsOfFullDisk(String(error)))
      refuse(`The disk of ${path.dirname(runAs.clusterDir)} is full. Make room and try again.`);
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(making, runAs.clusterDir);
}

function initArguments(directory: string, passwordFile: string): string[] {
  return [
    `--pgdata=${directory}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
}

/** Starts the server in a session of its own, so that it outlives us and can be adopted after a crash. */
export function spawnServer(runAs: RunAs, endpoint: { host: string; port: number }, logFile: string): number {
  const log = openSync(logFile, 'a', 0o600);
  const unix = endpoint.host.startsWith('/');
  const settings = {
    listen_addresses: unix ? '' : endpoint.host,
    port: String(endpoint.port),
    ...(unix ? { unix_socket_directories: endpoint.host, unix_socket_permissions: '0700' } : {}),
    shared_buffers: '32MB',
    max_connections: '80',
    jit: 'off',
    max_wal_size: '256MB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
  };
  const args = [
    '-D',
    runAs.clusterDir,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const [program = runAs.binaries.postgres, ...rest] = limitedCommand([
    ...runAs.prefix,
    runAs.binaries.postgres,
    ...args,
  ]);
  const child = spawn(program, rest, {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: runAs.clusterDir,
    ...(runAs.uid === undefined ? {} : { uid: runAs.uid, gid: runAs.gid }),
  });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) throw new Error(`PostgreSQL could not be started; see ${logFile}.`);
  return child.pid;
}

/** What a running server wrote into postmaster.pid: its process, port and socket directory; null where none runs. */
export async function readPostmaster(clusterDir: string): Promise<{ pid: number; port: number; host: string } | null> {
  const text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(ignoreMissing);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  return { pid, port: Number(lines[3]), host: lines[4]?.trim() || '127.0.0.1' };
}

/** Waits until the server takes connections; false when the deadline passes or the process ends first. */
export async function waitForServer(connection: Connection, pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (await canConnect(connection)) return true;
    if (!isAlive(pid)) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

async function canConnect(connection: Connection): Promise<boolean> {
  const client = new Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    // Not up yet; the caller's deadline decides when that becomes an error.
    return false;
  }
}

/** Fast shutdown: running transactions are rolled back, everything committed is on disk. */
export async function stopServer(pid: number, timeoutMs: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
}

/** Is there a process of that id? */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Makes a folder that only this user can enter. */
export async function privateDirectory(directory: string, owner?: { uid: number; gid: number }): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (owner !== undefined) chownSync(directory, owner.uid, owner.gid);
  const { mode } = await stat(directory);
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    refuse(`${directory} can be read by others. Run: chmod 700 ${directory}`);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
