export { connectionsTo, queryConnection, serverConnections, type Connection, type Connections } from './connections.ts';
export { openDatabase, type Database, type NewUser, type Tx, type Work } from './database.ts';
export { createQueryRole } from './create-query-role.ts';
export { JOB_SCHEMA, RENDER_RETRIES } from './job-queues.ts';
export type { Handlers } from './listen.ts';
export { knownMigrations, migrate } from './migrate.ts';
export { roleNames, type RoleNames } from './roles.ts';
export * as schema from './schema.ts';
export type { UnnumberedEvent } from './schema.ts';
