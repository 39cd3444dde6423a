/**
 * How long a rate-limited call has to wait, in milliseconds: `retry-after-ms`, else `retry-after` (seconds or a date),
 * else the "retry after 33 seconds" of Azure's sentence, else undefined.
 */
export function retryAfterMs(headers: Headers | undefined, message: string, now: number): number | undefined {
  const exact = numberOf(headers?.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const header = headers?.get('retry-after');
  const seconds = numberOf(header);
  if (seconds !== undefined) return seconds * 1000;
  const date = header ? Date.parse(header) : Number.NaN;
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const said = /retry after (\d{1,6}) second/i.exec(message)?.[1];
  return said === undefined ? undefined : Number(said) * 1000;
}

function numberOf(text: string | null | undefined): number | undefined {
  return text && /^\d{1,9}(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}
