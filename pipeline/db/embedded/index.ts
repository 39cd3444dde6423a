import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { connectionsTo, type Connection, type Connections } from '../connections.ts';
import { findBinaries } from './binaries.ts';
import { initCluster, privateDirectory, readPostmaster, spawnServer, stopServer, waitForServer } from './cluster.ts';
import { limitQuerySession } from './limits.ts';
import { refuse, tellsOfFullDisk } from './refuse.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';
import { clusterSecrets } from './secrets.ts';
import { superviseServer, type ServerReport } from './supervise.ts';

export type { ServerReport } from './supervise.ts';

const DATABASE = 'renderdesk';
/** A unix socket's whole path may have 107 bytes; `.s.PGSQL.5432` takes 14 of them. */
const MAX_SOCKET_DIRECTORY = 90;

export interface EmbeddedPostgres {
  connections: Connections & { admin: Connection };
  /** `started`, or `adopted` from an owner that died. */
  origin: 'started' | 'adopted';
  stop(): Promise<void>;
}

/** The server as it runs, with what it takes to start it again at the same place. */
interface Place {
  runAs: RunAs;
  directory: string;
  endpoint: { host: string; port: number };
  admin: Connection;
}

const NOBODY_LISTENS = (): void => undefined;

/**
 * Starts the data directory's own PostgreSQL, or adopts the one that a dead owner left running. Call it only while
 * holding the data directory. Listens on a unix socket in a 0700 folder; on Windows on a free loopback port. A server
 * that ends by itself is started again at the same place; `report` hears of it. `onLaunched` hears when its process is there and
 * has only to be waited for.
 */
export async function startEmbedded(
  dataDir: string,
  report: (what: ServerReport) => void = NOBODY_LISTENS,
  onLaunched: () => void = NOBODY_LISTENS,
): Promise<EmbeddedPostgres> {
  const directory = path.resolve(dataDir);
  const runAs = chooseRunAs(await findBinaries(), directory);
  const connectionsAt = await clusterConnections(directory);
  const left = await readPostmaster(runAs.clusterDir);
  if (left !== null) {
    const connections = connectionsAt(left);
    if (await waitForServer(connections.admin, left.pid, 15_000)) {
      const place = { runAs, directory, endpoint: left, admin: connections.admin };
      const server = superviseServer(left.pid, () => launch(place), report);
      return { connections, origin: 'adopted', stop: server.stop };
    }
  }
  await initCluster(runAs, (await clusterSecrets(directory)).adminPassword);
  const endpoint = await chooseEndpoint(runAs, directory);
  const connections = connectionsAt(endpoint);
  const place = { runAs, directory, endpoint, admin: connections.admin };
  const server = superviseServer(await launch(place, onLaunched), () => launch(place), report);
  return { connections, origin: 'started', stop: server.stop };
}

/**
 * Connections to the PostgreSQL that the data directory's living owner runs, for a short piece of work beside it. null:
 * none answers there yet. Whoever attaches neither migrates nor stops it.
 */
export async function attachEmbedded(dataDir: string): Promise<(Connections & { admin: Connection }) | null> {
  const directory = path.resolve(dataDir);
  const { clusterDir } = chooseRunAs(await findBinaries(), directory);
  const running = await readPostmaster(clusterDir);
  if (running === null) return null;
  const connections = (await clusterConnections(directory))(running);
  return (await waitForServer(connections.admin, running.pid, 15_000)) ? connections : null;
}

type ConnectionsAt = (endpoint: { host: string; port: number }) => Connections & { admin: Connection };

async function clusterConnections(directory: string): Promise<ConnectionsAt> {
  const secrets = await clusterSecrets(directory);
  return ({ host, port }) => {
    const address = { host, port, database: DATABASE };
    const admin = { ...address, user: 'postgres', password: secrets.adminPassword };
    return { ...connectionsTo(address, admin, secrets.roleSecret), admin, limitQuerySession };
  };
}

/** Starts the server and waits until it answers. Returns its process. */
async function launch(
  { runAs, directory, endpoint, admin }: Place,
  onLaunched: () => void = NOBODY_LISTENS,
): Promise<number> {
  const logFile = path.join(directory, 'postgres.log');
  const logged = await sizeOf(logFile);
  const pid = spawnServer(runAs, endpoint, logFile);
  onLaunched();
  if (await waitForServer(admin, pid, 30_000)) return pid;
  await stopServer(pid, 1000);
  return refuse(await whyNot(logFile, logged));
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** What the log of a server that did not start says since it was started. */
async function whyNot(logFile: string, from: number): Promise<string> {
  const said = (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(from).toString('utf8');
  if (tellsOfFullDisk(said)) return `The disk of ${path.dirname(logFile)} is full. Make room and start again.`;
  return `PostgreSQL did not start; its log says why: ${logFile}`;
}

async function chooseEndpoint(runAs: RunAs, directory: string): Promise<{ host: string; port: number }> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() };
  const owner = runAs.uid === undefined ? undefined : { uid: runAs.uid, gid: runAs.gid ?? runAs.uid };
  const beside = path.join(path.dirname(runAs.clusterDir), 'socket');
  const key = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  const host = Buffer.byteLength(beside) <= MAX_SOCKET_DIRECTORY ? beside : path.join(os.tmpdir(), `renderdesk-${key}`);
  await privateDirectory(host, owner);
  return { host, port: 5432 };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port.'));
        else resolve(address.port);
      });
    });
  });
}
