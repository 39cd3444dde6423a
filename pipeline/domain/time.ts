/** Calendar of a tenant: what day, month and year it is there. */

/** `2026-11-07` in the time zone. */
export function dayIn(timeZone: string, at: Date): string {
  // sv-SE writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** `2026-11` in the time zone. */
export function monthIn(timeZone: string, at: Date): string {
  return dayIn(timeZone, at).slice(0, 7);
}

/** The year in the time zone. */
export function yearIn(timeZone: string, at: Date): number {
  return Number(dayIn(timeZone, at).slice(0, 4));
}

/** Does this machine's time zone database know the name? */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
