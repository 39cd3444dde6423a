import type { Logger } from 'pino';
import { failure, FailureError } from '../../shared/errors/index.ts';
import { isServing } from '../data-directory/index.ts';
import { attachEmbedded } from '../db/embedded/index.ts';
import { openDatabase, type Database } from '../db/index.ts';
import { UsageError } from './arguments.ts';
import { openBackend, type Backend } from './backend.ts';
import type { PipelineOptions } from './options.ts';

/**
 * Runs a short piece of administration on a pipeline's database as its admin, whether a pipeline runs on it or not: a
 * data directory with an owner is worked on through the owner's own PostgreSQL, beside it. Throws UsageError where the
 * admin's address is missing. `migrates`: false leaves the schema as it is.
 */
export async function administer<T>(
  target: PipelineOptions['database'],
  log: Logger,
  work: (database: Database) => Promise<T>,
  { migrates = true }: { migrates?: boolean } = {},
): Promise<T> {
  const backend = await reach(target, migrates);
  try {
    if (backend.connections.admin === null) {
      throw new UsageError(
        'With --database-url this needs RENDERDESK_DATABASE_ADMIN_URL, which may make roles and tenants.',
      );
    }
    const database = openDatabase(backend.connections, (error) => {
      log.error({ err: error }, 'database');
    });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await backend.stop();
  }
}

async function reach(
  target: PipelineOptions['database'],
  migrates: boolean,
): Promise<Pick<Backend, 'connections' | 'stop'>> {
  if (target.kind === 'server') return await openBackend(target, { migrates });
  try {
    return await openBackend(target, { migrates });
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== 'unavailable') throw error;
  }
  const connections = (await isServing(target.dataDir)) ? await attachEmbedded(target.dataDir) : null;
  if (connections !== null) return { connections, stop: () => Promise.resolve() };
  throw new FailureError(
    failure('unavailable', `A pipeline is starting or stopping on ${target.dataDir}. Try again in a moment.`),
  );
}
