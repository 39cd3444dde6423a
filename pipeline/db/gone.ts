import { DatabaseError } from 'pg';

/** SQLSTATE classes and codes that say: the server is ending, starting, or has no room for another connection. */
const GONE_STATES = /^(08...|57P0[1-5]|53300|53400)$/;
const GONE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);
/** What the driver says when a connection breaks, by its words, for it gives no code. */
const GONE_WORDS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|timeout exceeded when trying to connect|Query read timeout|Cannot use a pool after calling end)/;

/** Did this fail because the database is not there, and not because of what was asked of it? */
export function isDatabaseGone(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const code = 'code' in at ? String(at.code) : '';
    if (at instanceof DatabaseError) return GONE_STATES.test(code);
    const message = 'message' in at ? String(at.message) : '';
    if (GONE_CODES.has(code) || GONE_STATES.test(code) || GONE_WORDS.test(message)) return true;
    // The socket of a server that has not started yet.
    if (code === 'ENOENT' && 'syscall' in at && at.syscall === 'connect') return true;
    if (at instanceof AggregateError && at.errors.some(isDatabaseGone)) return true;
    at = 'cause' in at ? at.cause : undefined;
  }
  return false;
}
