import type { Logger } from 'pino';
import { unwrap } from '../../shared/errors/index.ts';
import { claimDataDirectory } from '../data-directory/index.ts';
import { startEmbedded, type ServerReport } from '../db/embedded/index.ts';
import { checkSchema, migrate, serverConnections, type Connection, type Connections } from '../db/index.ts';
import { UsageError } from './arguments.ts';
import type { PipelineOptions } from './options.ts';

/** The database a pipeline stands on, ready to be opened, and what goes with it. */
export interface Backend {
  connections: Connections;
  /** This process alone works on it: what a dead process held can be taken back at once. */
  exclusive: boolean;
  /** Secret of local sign-in; null on a server's database. */
  localSecret: string | null;
  /** Tells later starts on the same data directory where the pipeline answers. */
  announce(port: number): Promise<void>;
  stop(): Promise<void>;
}

/** The backend of a pipeline. */
export interface PipelineBackend extends Backend {
  /** Settles when the embedded PostgreSQL is gone and does not come back. */
  lost: Promise<Error>;
}

interface Hooks {
  /** Hears of an embedded PostgreSQL that ends by itself and comes back. */
  report?: (what: ServerReport) => void;
  /** Hears when the embedded PostgreSQL has only to be waited for. */
  onLaunched?: () => void;
}

/** Makes the database of a pipeline ready (see `openBackend`); what becomes of its PostgreSQL later goes to the log. */
export async function openPipelineBackend(
  database: PipelineOptions['database'],
  log: Logger,
  onLaunched?: () => void,
): Promise<PipelineBackend> {
  const lost = Promise.withResolvers<Error>();
  const backend = await openBackend(database, {
    ...(onLaunched === undefined ? {} : { onLaunched }),
    report: (what) => {
      if (what.event === 'given up') lost.resolve(what.error);
      const { event, ...details } = what;
      log.warn(details, `the embedded PostgreSQL: ${event}`);
    },
  });
  return { ...backend, lost: lost.promise };
}

/**
 * Makes the data directory's private PostgreSQL, or a server's database, ready: owned, started and, unless it is to be
 * left as it is, migrated.
 */
export async function openBackend(
  database: PipelineOptions['database'],
  { migrates = true, ...hooks }: { migrates?: boolean } & Hooks = {},
): Promise<Backend> {
  return database.kind === 'embedded'
    ? await openEmbedded(database.dataDir, migrates, hooks)
    : await openServer(database.url, migrates);
}

async function openEmbedded(dataDir: string, migrates: boolean, { report, onLaunched }: Hooks): Promise<Backend> {
  const claim = unwrap(await claimDataDirectory(dataDir));
  try {
    const postgres = await startEmbedded(claim.directory, report, onLaunched);
    const stop = async (): Promise<void> => {
      await postgres.stop();
      await claim.release();
    };
    try {
      if (migrates) await migrate(postgres.connections);
    } catch (error) {
      await postgres.stop();
      throw error;
    }
    return {
      connections: postgres.connections,
      exclusive: true,
      localSecret: claim.secret,
      announce: (port) => claim.writeRun(port),
      stop,
    };
  } catch (error) {
    await claim.release();
    throw error;
  }
}

async function openServer(url: string, migrates: boolean): Promise<Backend> {
  const connections = readServerConnections(url);
  if (connections.admin === null) await checkSchema(connections.api);
  else if (migrates) await migrate({ ...connections, admin: connections.admin });
  const nothing = (): Promise<void> => Promise.resolve();
  return { connections, exclusive: false, localSecret: null, announce: nothing, stop: nothing };
}

/** Connections to a server's database; its roles' passwords come from RENDERDESK_ROLE_SECRET. */
export function readServerConnections(url: string): Connections & { admin: Connection | null } {
  const secret = process.env['RENDERDESK_ROLE_SECRET'];
  if (secret === undefined || secret.length < 16) {
    throw new UsageError(
      '--database-url needs RENDERDESK_ROLE_SECRET, at least 16 characters, the same on every server and worker.',
    );
  }
  return serverConnections(url, process.env['RENDERDESK_DATABASE_ADMIN_URL'], secret);
}
