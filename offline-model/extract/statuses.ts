const STATUSES: [RegExp, string][] = [
  [/\b(?:done with failures|with failures|mit fehlern|teilweise fehlgeschlagen\w*)\b/, 'done_with_failures'],
  [/\b(?:drafts?|entwuerfe?n?)\b/, 'draft'],
  [/\b(?:queued|waiting|wartend\w*|warten|in der warteschlange|eingereiht\w*)\b/, 'queued'],
  [/\b(?:running|in progress|active|rendering|laufen|laufend\w*|laeuft|aktiv\w*)\b/, 'running'],
  [/\b(?:cancelling|werden storniert)\b/, 'cancelling'],
  [/\b(?:cancell?ed|storniert\w*|abgebrochen\w*)\b/, 'cancelled'],
  [/\b(?:failed|fehlgeschlagen\w*|gescheitert\w*)\b/, 'failed'],
  [/\b(?:done|finished|completed?|ready|fertig\w*|abgeschlossen\w*|erledigt\w*)\b/, 'done'],
];

/** The order status a folded sentence names, as the tools name it. */
export function statusIn(folded: string): string | undefined {
  return STATUSES.find(([pattern]) => pattern.test(folded))?.[1];
}
