import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { notLoopback, unauthorized } from './wire/errors.ts';
import type { WireError } from './wire/errors.ts';

/** Names of this machine a Host header may carry; a web page that points its own name at 127.0.0.1 sends that name. */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/** Why the caller may not come in: not from this machine, from a foreign web page, or without the right key. */
export function findIntruder(headers: IncomingHttpHeaders, key: string | undefined): WireError | undefined {
  if (!LOOPBACK_HOST.test(headers.host ?? '')) return notLoopback;
  if (headers.origin !== undefined && !LOOPBACK_HOST.test(headers.origin.replace(/^https?:\/\//, '')))
    return notLoopback;
  const given = keyOf(headers);
  if (given === undefined || given === '') return unauthorized;
  return key === undefined || sameText(given, key) ? undefined : unauthorized;
}

/** The key of `api-key` or, as the OpenAI client sends it, of `Authorization: Bearer`. */
function keyOf(headers: IncomingHttpHeaders): string | undefined {
  const apiKey = headers['api-key'];
  if (typeof apiKey === 'string') return apiKey;
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
