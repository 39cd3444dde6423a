import { createHash, createHmac } from 'node:crypto';

/** The roles of one database. Roles belong to the whole server, so their names carry the database's prefix. */
export interface RoleNames {
  /** `rd` in the database `renderdesk`, else `rd_` and eight hexadecimal digits of the database's name. */
  prefix: string;
  /** Owns everything, never logs in. */
  owner: string;
  /** Group of whoever migrates and provisions; never logs in. */
  admin: string;
  api: string;
  worker: string;
  /** Group that holds the grants on the documented views; never logs in. */
  query: string;
}

/** The database whose roles have the plain names that migrations are written with. */
const PLAIN_DATABASE = 'renderdesk';
const PLAIN_PREFIX = 'rd';
/** The roles that a migration may name; `rd_q_` begins the names of the tenants' own roles. */
const PLAIN_ROLES = /\brd_(owner|admin|api|worker|query)\b|\brd_(q_)/g;

/** Names of the roles of this database. */
export function roleNames(database: string): RoleNames {
  const prefix = rolePrefix(database);
  return {
    prefix,
    owner: `${prefix}_owner`,
    admin: `${prefix}_admin`,
    api: `${prefix}_api`,
    worker: `${prefix}_worker`,
    query: `${prefix}_query`,
  };
}

function rolePrefix(database: string): string {
  if (database === PLAIN_DATABASE) return PLAIN_PREFIX;
  return `${PLAIN_PREFIX}_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`;
}

/** Name of the login role of one tenant's read-only queries; `rd.query_tenant()` reads the tenant back out of it. */
export function queryRoleName(database: string, tenantId: string): string {
  return `${rolePrefix(database)}_q_${tenantId.replaceAll('-', '')}`;
}

/** SQL that is written with the plain role names, as this database's roles. */
export function withRolesOf(database: string, text: string): string {
  const prefix = rolePrefix(database);
  return text.replaceAll(PLAIN_ROLES, (_plain, role?: string, query?: string) => `${prefix}_${role ?? query ?? ''}`);
}

/** Password of a role, derived from the installation's secret. */
export function rolePassword(roleSecret: string, role: string): string {
  return createHmac('sha256', roleSecret).update(`renderdesk role ${role}`).digest('base64url');
}
