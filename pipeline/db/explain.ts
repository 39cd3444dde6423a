import { failure, FailureError } from '../../shared/errors/index.ts';
import type { Connection } from './connections.ts';

/** Codes of Node and of PostgreSQL that mean: the address, the password or the right to connect is wrong. */
const UNREACHABLE: Readonly<Record<string, (at: Connection) => string>> = {
  ENOTFOUND: ({ host }) => `There is no host ${host}. Check the address of the database.`,
  EAI_AGAIN: ({ host }) =>
    `The name ${host} cannot be resolved now. Check the address of the database and the network.`,
  ENOENT: ({ host, port }) => `No PostgreSQL listens on the socket in ${host} for port ${port}.`,
  ECONNREFUSED: ({ host, port }) => `No PostgreSQL answers on ${host}:${port}. Check the address and that it runs.`,
  ECONNRESET: ({ host, port }) => `${host}:${port} broke the connection off. Check that a PostgreSQL answers there.`,
  ETIMEDOUT: ({ host, port }) => `${host}:${port} does not answer. Check the address and the firewall.`,
  EHOSTUNREACH: ({ host }) => `The host ${host} cannot be reached. Check the network.`,
  ENETUNREACH: ({ host }) => `The host ${host} cannot be reached. Check the network.`,
  '28P01': ({ user }) => `The server refused the password of ${user}. ${passwordHint(user)}`,
  '28000': ({ user, database }) =>
    `The server does not let ${user} into ${database} from here (pg_hba.conf, TLS or the role's LOGIN).`,
  '3D000': ({ database }) =>
    `There is no database ${database}. Start one pipeline with RENDERDESK_DATABASE_ADMIN_URL, which makes it.`,
  '42P01': ({ database }) => notOurs(database),
  '3F000': ({ database }) => notOurs(database),
  '53300': ({ host, port }) => `${host}:${port} has no connection left. Raise max_connections or stop other clients.`,
  '57P03': ({ host, port }) => `PostgreSQL on ${host}:${port} is starting or stopping. Try again in a moment.`,
};

function notOurs(database: string): string {
  return `The database ${database} has no Renderdesk schema. Start one pipeline with RENDERDESK_DATABASE_ADMIN_URL first.`;
}

function passwordHint(user: string): string {
  return /^rd_([0-9a-f]{8}_)?(api|worker)$/.test(user)
    ? 'RENDERDESK_ROLE_SECRET must be the one that the database was migrated with.'
    : 'Check RENDERDESK_DATABASE_ADMIN_URL.';
}

/**
 * The error of a start on this database as a FailureError with a sentence, where it is one that an operator can mend
 * (`database_unreachable`, `database_unusable`); every other error as it is. No sentence holds a password.
 */
export function explainDatabaseError(error: unknown, at: Connection): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const code = codeOf(error);
  const sentence = code === undefined ? sentenceWithoutCode(error, at) : UNREACHABLE[code]?.(at);
  if (sentence !== undefined) return new FailureError(failure('database_unreachable', sentence));
  if (code !== '42501') return error;
  return new FailureError(
    failure(
      'database_unusable',
      `${at.user} lacks a right on the server: ${error.message}. The admin needs LOGIN, CREATEDB and CREATEROLE, and on a ` +
        'database that somebody else made first, membership in its roles (docs/postgresql-server.md).',
    ),
  );
}

/** Node tries a name's addresses in turn and hands back all their errors at once. */
function codeOf(error: Error): string | undefined {
  const own = (error as { code?: unknown }).code;
  if (typeof own === 'string') return own;
  const parts = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  for (const part of parts) if (part instanceof Error && part !== error) return codeOf(part);
  return undefined;
}

function sentenceWithoutCode(error: Error, { host, port }: Connection): string | undefined {
  if (!/timeout|terminated unexpectedly|does not support SSL/i.test(error.message)) return undefined;
  return `${host}:${port} does not answer as a PostgreSQL server (${error.message}). Check the address and sslmode.`;
}
