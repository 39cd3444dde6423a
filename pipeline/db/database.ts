import type { Pool } from 'pg';
import type { Role } from '../../shared/domain/index.ts';
import { readBacklog, readLevel, type Backlog } from './backlog.ts';
import type { Connections } from './connections.ts';
import { createTenant, type NewTenant } from './create-tenant.ts';
import { listen, type Handlers } from './listen.ts';
import { closePool, openPool, poolUse, type PoolUse } from './pools.ts';
import { roleNames } from './roles.ts';
import * as schema from './schema.ts';
import { transaction, type Settings, type Work } from './transaction.ts';

/**
 * The database as the pipeline may use it. There is no way to a table but through these functions, and each names
 * what it may see: nothing of a tenant is visible outside `withTenant`.
 */
export interface Database {
  connections: Connections;
  /** As rd_api, seeing exactly this tenant. */
  withTenant<T>(tenantId: string, work: Work<T>): Promise<T>;
  /** As rd_worker, seeing exactly this tenant. */
  withTenantAsWorker<T>(tenantId: string, work: Work<T>): Promise<T>;
  /** As rd_api, seeing the one user of that e-mail address. */
  withLogin<T>(email: string, work: Work<T>): Promise<T>;
  /** As rd_api, seeing the one token of that hash. */
  withTokenHash<T>(hash: string, work: Work<T>): Promise<T>;
  /** As rd_api, seeing no tenant at all: for the functions that need none. */
  withNobody<T>(work: Work<T>): Promise<T>;
  /** Numbers what waits in the outbox; returns how many. */
  sequenceEvents(): Promise<number>;
  /** Deletes events older than 24 h; returns how many. */
  pruneEvents(): Promise<number>;
  /** Listens to what the pipeline's processes tell each other; see `listen.ts`. */
  listen(handlers: Handlers): Promise<() => Promise<void>>;
  /** The same as the worker's role. */
  listenAsWorker(handlers: Handlers): Promise<() => Promise<void>>;
  /** Statements of no tenant, as rd_worker: what is stuck, who renders, progress. It sees no tenant's rows. */
  asWorker<T>(work: Work<T>): Promise<T>;
  /** Needs the admin connection: makes a tenant with its query role, and in the same transaction what `fill` puts in. */
  createTenant(tenant: NewTenant): Promise<{ id: string }>;
  createUser(user: NewUser): Promise<{ id: string }>;
  /** Tenants in order of creation, through the admin connection. */
  listTenants(): Promise<{ id: string; name: string }[]>;
  /** Bulk work for one tenant through the admin connection, seeing that tenant alone: seeding and imports. */
  provision<T>(tenantId: string, work: Work<T>): Promise<T>;
  /** What waits, over all tenants: numbers only. */
  backlog(): Promise<Backlog>;
  /** The newest migration that ran, and whether the queues are there. */
  level(): Promise<{ migration: string | null; queues: number }>;
  /** Connections of this process. */
  pools(): PoolUse[];
  close(): Promise<void>;
}

export interface NewUser {
  tenantId: string;
  email: string;
  name: string;
  role: Role;
  passwordHash: string;
}

const IDLE_MS = 30_000;
/** No statement of a request or a render takes this long; a server that is silent for it is given up. */
const SILENT_MS = 120_000;

/** Opens the pools. Connects lazily; a wrong address shows at the first use. */
export function openDatabase(connections: Connections, onError: (error: Error) => void): Database {
  const weak = { idleTimeoutMillis: IDLE_MS, query_timeout: SILENT_MS };
  const api = openPool(connections.api, { max: 12, ...weak }, onError);
  const worker = openPool(connections.worker, { max: 8, ...weak }, onError);
  const admin =
    connections.admin === null ? null : openPool(connections.admin, { max: 3, idleTimeoutMillis: IDLE_MS }, onError);
  const needAdmin = (): Pool => {
    if (admin === null) throw new Error('This needs RENDERDESK_DATABASE_ADMIN_URL.');
    return admin;
  };
  const role = roleNames(connections.api.database).admin;
  const asAdmin = <T>(settings: Settings, work: Work<T>): Promise<T> =>
    transaction(needAdmin(), { ...settings, role }, work);
  return {
    connections,
    withTenant: (tenantId, work) => transaction(api, { 'rd.tenant': tenantId }, work),
    withTenantAsWorker: (tenantId, work) => transaction(worker, { 'rd.tenant': tenantId }, work),
    withLogin: (email, work) => transaction(api, { 'rd.login_email': email.toLowerCase() }, work),
    withTokenHash: (hash, work) => transaction(api, { 'rd.token_hash': hash }, work),
    withNobody: (work) => transaction(api, {}, work),
    sequenceEvents: () => countOf(api, 'SELECT rd.sequence_events() AS n'),
    pruneEvents: () => countOf(api, 'SELECT rd.prune_events() AS n'),
    listen: (handlers) => listen(connections.api, handlers, onError),
    listenAsWorker: (handlers) => listen(connections.worker, handlers, onError),
    asWorker: (work) => transaction(worker, {}, work),
    createTenant: (tenant) => createTenant(needAdmin(), tenant, connections),
    createUser: (user) =>
      asAdmin({}, async (tx) => {
        const [row] = await tx.insert(schema.users).values(user).returning({ id: schema.users.id });
        if (row === undefined) throw new Error('No user was made.');
        return row;
      }),
    listTenants: () =>
      asAdmin({}, (tx) =>
        tx
          .select({ id: schema.tenants.id, name: schema.tenants.name })
          .from(schema.tenants)
          .orderBy(schema.tenants.createdAt, schema.tenants.id),
      ),
    provision: (tenantId, work) => asAdmin({ 'rd.tenant': tenantId }, work),
    backlog: () => transaction(api, {}, readBacklog),
    level: () => transaction(api, {}, readLevel),
    pools: () => [poolUse('api', api), poolUse('worker', worker)],
    close: async () => {
      await Promise.all([api, worker, ...(admin === null ? [] : [admin])].map(closePool));
    },
  };
}

async function countOf(pool: Pool, text: string): Promise<number> {
  const result = await pool.query<{ n: number }>(text);
  return result.rows[0]?.n ?? 0;
}
