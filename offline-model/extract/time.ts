import type { SpanReader } from './span-reader.ts';

/** A stretch of time: one of the tools' named periods, or a beginning as an ISO time. */
export interface TimeWish {
  period?: string;
  since?: string;
}

const PERIODS: [RegExp, string][] = [
  [/\b(?:today|heute|(?:this|current) day)\b/i, 'today'],
  [/\b(?:yesterday|gestern)\b/i, 'yesterday'],
  [/\b(?:last|previous|past)\s+week\b|\b(?:letzten?|letzter|vorigen?|vergangenen?)\s+woche\b/i, 'last_week'],
  [/\b(?:this|the|current)\s+week\b|\b(?:diese[rn]?|der|laufenden?|aktuellen?)\s+woche\b/i, 'this_week'],
  [/\b(?:last|previous|past)\s+month\b|\b(?:letzte[nsmr]*|vorige[nsmr]*|vergangene[nsmr]*)\s+monats?\b/i, 'last_month'],
  [/\b(?:this|the|current)\s+month\b|\b(?:diese[nsmr]*|laufende[nsmr]*|aktuelle[nsmr]*)\s+monats?\b/i, 'this_month'],
  [/\b(?:all[- ]time|ever|in total|overall|insgesamt|jemals|bisher|gesamt)\b/i, 'all'],
];

const COUNTED = /\b(?:last|past|letzten?|vergangenen?)\s+\d{1,4}\s+\p{L}+|\b(?:since|seit|ab)\s+(?:dem\s+)?\d{4}-/iu;

/** Does a sentence speak of more than one period ("this week and last week")? */
export function namesSeveralPeriods(text: string): boolean {
  const named = PERIODS.filter(([pattern, period]) => period !== 'all' && pattern.test(text)).length;
  return named + (COUNTED.test(text) ? 1 : 0) > 1 || /\b(?:this and last|last and this|diese und letzte)\b/i.test(text);
}

const UNITS: [RegExp, number][] = [
  [/^(?:hour|stunde)/i, 3_600_000],
  [/^(?:day|tag)/i, 86_400_000],
  [/^(?:week|woche)/i, 7 * 86_400_000],
];

/** Takes the period a sentence speaks of; `now` is milliseconds since 1970. */
export function takeTime(reader: SpanReader, now: number): TimeWish {
  const back = reader.take(
    /\b(?:last|past|letzten?|vergangenen?)\s+(\d{1,4})\s+(hours?|days?|weeks?|stunden?|tagen?|tage|wochen?)\b/i,
  );
  if (back !== undefined) {
    const unit = UNITS.find(([pattern]) => pattern.test(back[2] ?? ''))?.[1] ?? 0;
    return { since: new Date(now - Number(back[1]) * unit).toISOString() };
  }
  const date = reader.take(/\b(?:since|seit|ab)\s+(?:dem\s+)?(\d{4}-\d{2}-\d{2})\b/i)?.[1];
  if (date !== undefined) return { since: `${date}T00:00:00Z` };
  for (const [pattern, period] of PERIODS) {
    if (reader.take(pattern) !== undefined) return { period };
  }
  return {};
}

const GROUPS: [RegExp, string][] = [
  [/\b(?:by|per|pro|je|nach)\s+(?:day|tag)\b|\bdaily\b|\bt(?:ä|ae)glich\b/i, 'day'],
  [/\b(?:by|per|pro|je|nach)\s+status\b/i, 'status'],
  [/\b(?:by|per|pro|je|nach)\s+(?:reason|cause|grund|gr(?:ü|ue)nden|ursache)\b/i, 'reason'],
  [/\b(?:by|per|pro|je|nach)\s+(?:output[- ]?type|ausgabetyp)\b/i, 'output_type'],
];

/** Takes what figures are to be grouped by. */
export function takeGrouping(reader: SpanReader): string | undefined {
  return GROUPS.find(([pattern]) => reader.take(pattern) !== undefined)?.[1];
}
