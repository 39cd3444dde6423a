import type { Logger } from 'pino';
import { FailureError } from '../../shared/errors/index.ts';
import { describeRefusal } from '../db/index.ts';
import { UsageError } from './arguments.ts';

/** What the operating system says, with the file or address it says it of. */
const SYSTEM: Record<string, ((what: string) => string) | undefined> = {
  EADDRINUSE: (what) => `Something else listens on ${what} already. Give another --port, or 0 for a free one.`,
  EADDRNOTAVAIL: (what) => `This machine has no address ${what}. Give one of its own as --host.`,
  EACCES: (what) => `This user may not use ${what}. Give another place, or correct its rights.`,
  EPERM: (what) => `This user may not use ${what}. Give another place, or correct its rights.`,
  EROFS: (what) => `${what} lies on a read-only file system. Give another place.`,
  ENOENT: (what) => `There is no ${what}.`,
  ENOTDIR: (what) => `Part of the path ${what} is a file. Give another place.`,
  EEXIST: (what) => `${what} is a file where a directory should be. Give another place.`,
  EISDIR: (what) => `${what} is a directory where a file should be.`,
  ENOSPC: (what) => `The disk is full (${what}). Make room and try again. Nothing was lost.`,
  EDQUOT: (what) => `The disk quota is used up (${what}). Make room and try again. Nothing was lost.`,
  ECONNREFUSED: (what) => `Nothing answers at ${what}. Is the PostgreSQL server running, and is its address right?`,
  ENOTFOUND: (what) => `There is no host ${what}. Correct the address.`,
  EAI_AGAIN: (what) => `The name ${what} cannot be looked up. Check the network.`,
  ETIMEDOUT: (what) => `${what} does not answer. Check the address and the network.`,
  EHOSTUNREACH: (what) => `${what} cannot be reached. Check the address and the network.`,
};

/** A sentence for whoever started the program, where it was theirs to avoid; null for a bug. */
export function describeStartError(error: unknown): string | null {
  if (error instanceof UsageError || error instanceof FailureError) return error.message;
  if (!(error instanceof Error)) return null;
  if (error instanceof AggregateError) {
    return error.errors.map(describeStartError).find((sentence) => sentence !== null) ?? null;
  }
  const code = 'code' in error ? String(error.code) : '';
  const sentence = SYSTEM[code]?.(subjectOf(error)) ?? describeRefusal(error);
  return sentence ?? describeStartError(error.cause);
}

/** The file, address or host that a system error is of. */
function subjectOf(error: object): string {
  const of = error as { path?: string; address?: string; port?: number; hostname?: string };
  if (of.address !== undefined) return of.port === undefined ? of.address : `${of.address}:${of.port}`;
  return of.path ?? of.hostname ?? 'what was given';
}

/** Ends a program that could not start: with 2 and the sentence where there is one, else with 1 and the error in the log. */
export function endUnstarted(error: unknown, log: Logger, program: string): never {
  const sentence = describeStartError(error);
  if (sentence !== null) {
    process.stderr.write(`${sentence}\n`);
    process.exit(2);
  }
  log.fatal({ err: error }, `the ${program} could not start`);
  process.exit(1);
}
