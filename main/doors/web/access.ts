import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { failure, type Failure } from '../../../shared/errors/index.ts';

/** Who may come in at the browser door. */
export interface Access {
  /** The token of this run; it is in the address that the door prints. */
  readonly token: string;
  /** Cookies do not keep ports apart: without its port two desks on one machine would throw each other out. */
  cookieName(): string;
  /** Says which port we got; before that nobody is let in. */
  listensOn(port: number): void;
  /** A token that works once, for an address that others on this machine may see in the list of processes. */
  newTicket(): string;
  /** Is this the token or a ticket not used yet? */
  admits(token: string): boolean;
  /** Why a request may not come in: from elsewhere, or without the token. */
  refuse(request: FastifyRequest): Failure | undefined;
}

/** The rules of the door: our own host names and port only, no foreign origin, and the token of this run. */
export function createAccess(): Access {
  const token = randomBytes(32).toString('base64url');
  const tickets = new Set<string>();
  const hosts = new Set<string>();
  let ownPort = 0;
  const cookieName = (): string => `renderdesk_${String(ownPort)}`;
  const bearerOf = (request: FastifyRequest): string | undefined =>
    /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

  return {
    token,
    cookieName,
    listensOn: (port) => {
      ownPort = port;
      for (const name of ['127.0.0.1', 'localhost']) hosts.add(`${name}:${String(port)}`);
    },
    newTicket: () => {
      const ticket = randomBytes(32).toString('base64url');
      tickets.add(ticket);
      return ticket;
    },
    admits: (given) => sameText(given, token) || tickets.delete(given),
    refuse: (request) => {
      // A page that points its own name at 127.0.0.1 sends that name as the host.
      if (!hosts.has(request.headers.host ?? '')) return failure('forbidden', 'The desk answers on this machine only.');
      const { origin } = request.headers;
      if (origin !== undefined && !hosts.has(origin.replace(/^http:\/\//, ''))) {
        return failure('forbidden', 'The desk does not answer other web pages.');
      }
      const given = bearerOf(request) ?? request.cookies[cookieName()];
      if (given !== undefined && sameText(given, token)) return undefined;
      return failure('unauthorized', 'Open the address that the desk printed when it started: it holds the token.');
    },
  };
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
