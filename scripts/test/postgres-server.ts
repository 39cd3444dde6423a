import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where Debian puts each version's programs. */
const DEBIAN_VERSIONS = '/usr/lib/postgresql';
const START_MS = 30_000;

/** A PostgreSQL server of the tests' own, on loopback, thrown away when it stops. */
export interface TestServer {
  /** Of its superuser, with a password made for this run. */
  readonly adminUrl: string;
  /** Major version. */
  readonly version: string;
  /** `kill -9` of the server, as a crash would; it stays away until `restart`. */
  kill9(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of the newest server that Debian's packages installed, or null. */
export async function findServerPrograms(): Promise<{ folder: string; version: string } | null> {
  const versions = await readdir(DEBIAN_VERSIONS).catch(() => []);
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const folder = join(DEBIAN_VERSIONS, version, 'bin');
    const programs = await readdir(folder).catch((): string[] => []);
    if (programs.includes('initdb') && programs.includes('postgres')) return { folder, version };
  }
  return null;
}

/** Makes a private cluster with Debian's programs and starts it; throws with the reason where that fails. */
export async function startTestServer(): Promise<TestServer> {
  const programs = await findServerPrograms();
  if (programs === null) throw new Error(`no PostgreSQL server below ${DEBIAN_VERSIONS}`);
  const directory = await mkdtemp(join(tmpdir(), 'renderdesk-postgres-'));
  const password = randomBytes(18).toString('base64url');
  try {
    await makeCluster(programs.folder, directory, password);
    const port = await freePort();
    let server = serve(programs.folder, directory, port);
    await untilReady(server, directory);
    return {
      kill9: async () => {
        const ended = once(server, 'exit');
        server.kill('SIGKILL');
        await ended;
      },
      restart: async () => {
        // The backends of the killed server notice its end within a moment and let go of its memory.
        for (let tries = 1; ; tries += 1) {
          server = serve(programs.folder, directory, port);
          try {
            await untilReady(server, directory);
            return;
          } catch (error) {
            if (tries === 20) throw error;
            await wait(250);
          }
        }
      },
      adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      version: programs.version,
      stop: async () => {
        await end(server);
        await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root; in a user namespace of its own the same files belong to user 1000. */
function asOrdinaryUser(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=1000', '--', ...command] : command;
}

async function makeCluster(folder: string, directory: string, password: string): Promise<void> {
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const [program, ...args] = asOrdinaryUser([
    join(folder, 'initdb'),
    `--pgdata=${join(directory, 'cluster')}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  await run(program, args, { cwd: directory });
  await rm(passwordFile);
}

function serve(folder: string, directory: string, port: number): ChildProcess {
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=300',
    // It is thrown away after the tests, so that nothing of it must outlive a power cut.
    'fsync=off',
    'logging_collector=on',
    'log_directory=log',
    'log_filename=server.log',
  ];
  const [program, ...args] = asOrdinaryUser([
    join(folder, 'postgres'),
    '-D',
    join(directory, 'cluster'),
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  const child = spawn(program, args, { cwd: directory, stdio: 'ignore' });
  // A run that is itself cut off must not leave it behind.
  const endToo = (): void => void child.kill('SIGQUIT');
  process.once('exit', endToo);
  child.once('exit', () => process.off('exit', endToo));
  return child;
}

/** `postmaster.pid` says `ready` in its eighth line once connections are taken. */
async function untilReady(server: ChildProcess, directory: string): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until && server.exitCode === null) {
    const lines = await readFile(join(directory, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
    if (lines.split('\n')[7]?.trim() === 'ready') return;
    await wait(50);
  }
  const log = await readFile(join(directory, 'cluster', 'log', 'server.log'), 'utf8').catch(() => 'it wrote no log');
  await end(server);
  throw new Error(`the PostgreSQL server did not start: ${log.trim().split('\n').slice(-3).join(' ')}`);
}

/** Immediate shutdown: nothing of the cluster is needed again. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGQUIT');
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  probe.close();
  await once(probe, 'close');
  return address.port;
}
