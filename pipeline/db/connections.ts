import { createHmac } from 'node:crypto';

/** How to reach the database as one role; a unix socket's directory stands in `host`. */
export interface Connection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
}

/** Every way into the database that the pipeline uses. */
export interface Connections {
  /** Superuser or database owner: migrates, makes roles and tenants. A server without it can only serve. */
  admin: Connection | null;
  /** rd_api, under row-level security. */
  api: Connection;
  /** rd_worker, under row-level security. */
  worker: Connection;
  /** The tenants' own query roles are derived from this secret, never stored. */
  roleSecret: string;
}

/** Name of the login role of one tenant's read-only queries. */
export function queryRoleName(tenantId: string): string {
  return `rd_q_${tenantId.replaceAll('-', '')}`;
}

/** Password of a role, derived from the installation's secret. */
export function rolePassword(roleSecret: string, role: string): string {
  return createHmac('sha256', roleSecret).update(`renderdesk role ${role}`).digest('base64url');
}

/** The connection of one tenant's query role. */
export function queryConnection(connections: Connections, tenantId: string): Connection {
  const user = queryRoleName(tenantId);
  return { ...connections.api, user, password: rolePassword(connections.roleSecret, user) };
}

/**
 * Connections to a PostgreSQL server. The weak roles' passwords are derived from `roleSecret`, so that every server
 * and worker that knows the secret reaches the same roles.
 */
export function serverConnections(databaseUrl: string, adminUrl: string | undefined, roleSecret: string): Connections {
  const base = parseDatabaseUrl(databaseUrl);
  const weak = (user: string): Connection => ({ ...base, user, password: rolePassword(roleSecret, user) });
  return {
    admin: adminUrl === undefined ? null : { ...parseDatabaseUrl(adminUrl), database: base.database },
    api: weak('rd_api'),
    worker: weak('rd_worker'),
    roleSecret,
  };
}

function parseDatabaseUrl(text: string): Connection {
  const url = new URL(text);
  return {
    host: decodeURIComponent(url.hostname) || '127.0.0.1',
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)) || 'renderdesk',
    user: decodeURIComponent(url.username) || 'postgres',
    password: decodeURIComponent(url.password),
  };
}
