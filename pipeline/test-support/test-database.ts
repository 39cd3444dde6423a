import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { startEmbedded } from '../db/embedded/index.ts';
import { migrate, openDatabase, type Connection, type Connections, type Database } from '../db/index.ts';
import { nameServerDatabase } from './server-database.ts';

/** A migrated database without a tenant. */
export interface TestDatabase {
  connections: Connections & { admin: Connection };
  database: Database;
}

/**
 * One database for the tests of a file: on the server that RENDERDESK_TEST_DATABASE_ADMIN_URL names, else on an embedded
 * PostgreSQL. Read it inside tests and hooks only.
 */
export function useDatabase(): () => TestDatabase {
  let opened: TestDatabase | undefined;
  const stops: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const connections = await openServer(stops);
    await migrate(connections);
    const database = openDatabase(connections, (error) => {
      throw error;
    });
    stops.unshift(() => database.close());
    opened = { connections, database };
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  return () => {
    if (opened === undefined) throw new Error('The database is not open yet.');
    return opened;
  };
}

async function openServer(stops: (() => Promise<unknown>)[]): Promise<TestDatabase['connections']> {
  const server = nameServerDatabase();
  if (server !== null) {
    stops.unshift(() => server.drop());
    return server.connections;
  }
  const directory = await mkdtemp(path.join(os.tmpdir(), 'rd-database-'));
  stops.unshift(() => rm(directory, { recursive: true, force: true }));
  const postgres = await startEmbedded(directory);
  stops.unshift(() => postgres.stop());
  return postgres.connections;
}
