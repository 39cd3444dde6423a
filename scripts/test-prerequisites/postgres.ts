import { findServerPrograms } from '../test/postgres-server.ts';

/** Why the tests on a PostgreSQL server can't run, or null when they can: Debian's programs of a server must be there. */
export async function serverSkipReason(): Promise<string | null> {
  if (process.platform !== 'linux') return 'the tests start the PostgreSQL server that Debian packages';
  return (await findServerPrograms()) === null ? 'Debian’s package postgresql is not installed' : null;
}
