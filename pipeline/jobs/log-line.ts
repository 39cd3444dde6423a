/** One line of a render's log. */
export interface LogLine {
  at: string;
  text: string;
}

/** A line of this moment. */
export function logLine(text: string): LogLine {
  return { at: new Date().toISOString(), text };
}
