/**
 * How long a rate-limited call has to wait, in milliseconds, from the surest word to the vaguest: `retry-after-ms`,
 * `retry-after` (seconds or a date), `x-ratelimit-reset-*`, the sentence itself; undefined where nothing says it.
 */
export function retryAfterMs(headers: Headers | undefined, message: string, now: number): number | undefined {
  const exact = numberOf(headers?.get('retry-after-ms')) ?? numberOf(headers?.get('x-ms-retry-after-ms'));
  if (exact !== undefined) return exact;
  const header = headers?.get('retry-after');
  const seconds = numberOf(header);
  if (seconds !== undefined) return seconds * 1000;
  return dateMs(header, now) ?? resetMs(headers, now) ?? saidMs(message);
}

/** Only what looks like an HTTP date: `Date.parse` takes almost any number for one. */
function dateMs(text: string | null | undefined, now: number): number | undefined {
  if (!text || !/^[A-Za-z]{3,9},? .*\d\d:\d\d:\d\d/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** When the limit that is used up starts anew; where none says that it is, the later of the two. */
function resetMs(headers: Headers | undefined, now: number): number | undefined {
  if (!headers) return undefined;
  const limits = ['requests', 'tokens'].map((kind) => ({
    isUsedUp: headers.get(`x-ratelimit-remaining-${kind}`)?.trim() === '0',
    reset: durationMs(headers.get(`x-ratelimit-reset-${kind}`), now),
  }));
  const known = limits.filter(({ reset }) => reset !== undefined && reset > 0);
  const usedUp = known.filter(({ isUsedUp }) => isUsedUp);
  const resets = (usedUp.length > 0 ? usedUp : known).map(({ reset }) => reset ?? 0);
  return resets.length > 0 ? Math.max(...resets) : undefined;
}

/** "Please retry after 33 seconds" of Azure, "Please try again in 1m30.5s" of OpenAI. */
function saidMs(message: string): number | undefined {
  const said = /retry after (\d{1,6}) second/i.exec(message)?.[1];
  if (said !== undefined) return Number(said) * 1000;
  const again = /try again in ((?:\d+(?:\.\d+)?(?:ms|[smhd]))+)/i.exec(message)?.[1];
  return again === undefined ? undefined : durationMs(again, 0);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A bare number larger than this is a point in time, in seconds since 1970. */
const EPOCH_SECONDS = 1_000_000_000;

/** `30`, `6m0s`, `20ms`, `1.5s`, or a point in time. */
function durationMs(text: string | null | undefined, now: number): number | undefined {
  const seconds = numberOf(text);
  if (seconds !== undefined) return seconds > EPOCH_SECONDS ? Math.max(0, seconds * 1000 - now) : seconds * 1000;
  const trimmed = text?.trim() ?? '';
  if (trimmed.length > 40 || !/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(trimmed)) return dateMs(trimmed, now);
  const parts = trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

function numberOf(text: string | null | undefined): number | undefined {
  return text && /^\d{1,10}(\.\d{1,9})?$/.test(text.trim()) ? Number(text) : undefined;
}
