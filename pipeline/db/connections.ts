import { readFileSync } from 'node:fs';
import { queryRoleName, roleNames, rolePassword } from './roles.ts';

/** How to reach the database as one role; a unix socket's directory stands in `host`. */
export interface Connection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** TLS as node's `tls.connect` takes it; left out: none. */
  ssl?: { rejectUnauthorized: boolean; ca?: string };
}

/** Every way into the database that the pipeline uses. */
export interface Connections {
  /** Superuser or database owner: migrates, makes roles and tenants. A server without it can only serve. */
  admin: Connection | null;
  /** The database's `rd_api` (see roleNames), under row-level security. */
  api: Connection;
  /** The database's `rd_worker`, under row-level security. */
  worker: Connection;
  /** The tenants' own query roles are derived from this secret, never stored. */
  roleSecret: string;
  /** Bounds the process of one query session; only where the server is ours and on this machine. */
  limitQuerySession?: (pid: number) => Promise<void>;
}

/** The connection of one tenant's query role. */
export function queryConnection(connections: Connections, tenantId: string): Connection {
  const user = queryRoleName(connections.api.database, tenantId);
  return { ...connections.api, user, password: rolePassword(connections.roleSecret, user) };
}

/** Connections to one database at this address; the weak roles' names come from the database, their passwords from the secret. */
export function connectionsTo(
  address: Pick<Connection, 'host' | 'port' | 'database' | 'ssl'>,
  admin: Connection | null,
  roleSecret: string,
): Connections {
  const { host, port, database, ssl } = address;
  const roles = roleNames(database);
  const to = { host, port, database, ...(ssl === undefined ? {} : { ssl }) };
  const weak = (user: string): Connection => ({ ...to, user, password: rolePassword(roleSecret, user) });
  return { admin, api: weak(roles.api), worker: weak(roles.worker), roleSecret };
}

/**
 * Connections to a PostgreSQL server. The weak roles' passwords are derived from `roleSecret`, so that every server
 * and worker that knows the secret reaches the same roles.
 */
export function serverConnections(databaseUrl: string, adminUrl: string | undefined, roleSecret: string): Connections {
  const address = parseDatabaseUrl(databaseUrl);
  const admin = adminUrl === undefined ? null : { ...parseDatabaseUrl(adminUrl), database: address.database };
  return connectionsTo(address, admin, roleSecret);
}

function parseDatabaseUrl(text: string): Connection {
  const url = new URL(text);
  return {
    host: decodeURIComponent(url.hostname) || '127.0.0.1',
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)) || 'renderdesk',
    user: decodeURIComponent(url.username) || 'postgres',
    password: decodeURIComponent(url.password),
    ...tlsOf(url.searchParams),
  };
}

/** `sslmode` and `sslrootcert` as PostgreSQL's own clients read them; `prefer` would be no promise, so it is refused. */
function tlsOf(parameters: URLSearchParams): Pick<Connection, 'ssl'> {
  const mode = parameters.get('sslmode') ?? 'disable';
  const certificate = parameters.get('sslrootcert');
  const ca = certificate === null ? {} : { ca: readFileSync(certificate, 'utf8') };
  switch (mode) {
    case 'disable':
      return {};
    case 'require':
      return { ssl: { rejectUnauthorized: false } };
    case 'verify-ca':
    case 'verify-full':
      return { ssl: { rejectUnauthorized: true, ...ca } };
    default:
      throw new Error(`sslmode=${mode} is not known. Use disable, require or verify-full.`);
  }
}
