import type { ModelTarget } from './model-types.ts';

/** Hosts that take their own resource's key as `api-key`: Azure's, its other clouds', and its API gateway. */
const AZURE_HOST =
  /\.(openai\.azure\.(com|us|cn)|cognitiveservices\.azure\.(com|us|cn)|services\.ai\.azure\.(com|us|cn)|azure-api\.net)$/;

/**
 * The header a key goes into. An Entra access token is a bearer token everywhere; else Azure takes `api-key` and other
 * servers `Authorization`. An unknown host at Azure's v1 path may be a gateway before Azure or somebody else's server of
 * that shape: it gets the key both ways. null keeps the openai package from adding a header of its own.
 */
export function authHeaders({ endpoint, form, key }: ModelTarget): Record<string, string | null> {
  const token = bearerToken(key);
  if (token !== null) return { Authorization: `Bearer ${token}` };
  const { hostname, pathname } = new URL(endpoint);
  const isOwnPath = form === 'v1' && /\/v1\/?$/.test(pathname);
  if (form === 'dated' || AZURE_HOST.test(hostname) || !isOwnPath) return { 'api-key': key, Authorization: null };
  const bearer = { Authorization: `Bearer ${key}` };
  return /\/openai\/v1\/?$/.test(pathname) ? { 'api-key': key, ...bearer } : bearer;
}

/** The token in what a person pasted: `Bearer …`, or a signed token (JWT) by its shape. null: it is a plain key. */
export function bearerToken(key: string): string | null {
  const named = /^Bearer\s+(\S+)$/i.exec(key)?.[1];
  if (named !== undefined) return named;
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(key) ? key : null;
}

/** When an access token ran out, where it says so and did; such a token need not be sent any more. */
export function tokenExpiry(key: string, now: number): string | null {
  const payload = bearerToken(key)?.split('.')[1];
  if (payload === undefined) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const expires = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
    return typeof expires === 'number' && expires * 1000 <= now ? new Date(expires * 1000).toISOString() : null;
  } catch {
    // Not a token we can read: the service will say what it thinks of it.
    return null;
  }
}

/** Takes the key, and a token with and without its `Bearer`, out of a text of the service. */
export function withoutKey(text: string, key: string): string {
  const token = bearerToken(key);
  const hidden = text.replaceAll(key, '…');
  return token === null ? hidden : hidden.replaceAll(token, '…');
}
