/** How long a change waits for a person. */
const WAIT_MS = 24 * 60 * 60 * 1000;

/** When an approval asked for now expires, as ISO 8601. */
export function expiryFrom(now: number): string {
  return new Date(now + WAIT_MS).toISOString();
}

/** Has the time to decide run out? */
export function isExpired(expiresAt: string | null, now: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now;
}
