import { failure, FailureError } from '../../shared/errors/index.ts';
import type { Connection } from './connections.ts';

/** Codes of Node and of PostgreSQL that mean, where a connection was opened: it leads to no database of ours. */
const ELSEWHERE: Readonly<Record<string, (at: Connection) => string>> = {
  ENOTFOUND: ({ host }) => `There is no host ${host}. Check the address of the database.`,
  EAI_AGAIN: ({ host }) =>
    `The name ${host} cannot be resolved now. Check the address of the database and the network.`,
  ENOENT: ({ host, port }) => `No PostgreSQL listens on the socket in ${host} for port ${port}.`,
  ECONNREFUSED: ({ host, port }) => `No PostgreSQL answers on ${host}:${port}. Check the address and that it runs.`,
  ECONNRESET: ({ host, port }) => `${host}:${port} broke the connection off. Check that a PostgreSQL answers there.`,
  ETIMEDOUT: ({ host, port }) => `${host}:${port} does not answer. Check the address and the firewall.`,
  EHOSTUNREACH: ({ host }) => `The host ${host} cannot be reached. Check the network.`,
  ENETUNREACH: ({ host }) => `The host ${host} cannot be reached. Check the network.`,
  '42P01': ({ database }) => notOurs(database),
  '3F000': ({ database }) => notOurs(database),
};

function notOurs(database: string): string {
  return `The database ${database} has no Renderdesk schema. Start one pipeline with RENDERDESK_DATABASE_ADMIN_URL first.`;
}

/** Where a refusal came from, in words. */
interface Place {
  server: string;
  user: string;
  database: string;
  passwordHint: string;
}

/** What PostgreSQL says when it lets nobody in or has no room (its SQLSTATE), whichever connection it says it on. */
const REFUSALS: Readonly<Record<string, (at: Place) => string>> = {
  '28P01': ({ server, user, passwordHint }) => `${server} refused the password of ${user}. ${passwordHint}`,
  '28000': ({ server, user, database }) =>
    `${server} does not let ${user} into the database ${database} from here (pg_hba.conf, TLS or the role's LOGIN).`,
  '3D000': ({ database }) =>
    `There is no database ${database}. Start one pipeline with RENDERDESK_DATABASE_ADMIN_URL, which makes it.`,
  '53100': ({ server }) => `${server} has no room on its disk. Make room and try again.`,
  '53300': ({ server }) => `${server} has no connection left. Raise max_connections or stop other clients.`,
  '57P03': ({ server }) => `${server} is starting or stopping. Try again in a moment.`,
};

/** Of an error that came without its connection. */
const SOMEWHERE: Place = {
  server: 'The PostgreSQL server',
  user: 'this user',
  database: 'of that name',
  passwordHint: 'Check RENDERDESK_ROLE_SECRET and RENDERDESK_DATABASE_ADMIN_URL.',
};

function placeOf({ host, port, user, database }: Connection): Place {
  return {
    server: `PostgreSQL on ${host}:${port}`,
    user,
    database,
    passwordHint: passwordHint(user),
  };
}

function lacksRight(user: string, message: string): string {
  return (
    `${user} lacks a right on the server: ${message}. The admin needs LOGIN, CREATEDB and CREATEROLE, and on a database that ` +
    'somebody else made first, membership in its roles (docs/postgresql-server.md).'
  );
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
  const sentence =
    code === undefined ? sentenceWithoutCode(error, at) : (ELSEWHERE[code]?.(at) ?? REFUSALS[code]?.(placeOf(at)));
  if (sentence !== undefined) return new FailureError(failure('database_unreachable', sentence));
  if (code !== '42501') return error;
  return new FailureError(failure('database_unusable', lacksRight(at.user, error.message)));
}

/**
 * The same sentence for an error of PostgreSQL that comes without its connection, such as one of a pool; null for every other
 * error. What the error stands for (its cause) is not looked at, so that no text of a statement gets into the sentence.
 */
export function describeRefusal(error: Error): string | null {
  const code = 'code' in error ? String(error.code) : '';
  if (code === '42501') return lacksRight('The database user', error.message);
  return REFUSALS[code]?.(SOMEWHERE) ?? null;
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
