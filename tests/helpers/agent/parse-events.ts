import { createEventParser } from '../../../main/agent/event-parser.ts';

const encoder = new TextEncoder();

/** All events of an answer that comes in these pieces; throws as its check does. */
export function parseEvents(...pieces: (string | Uint8Array)[]): unknown[] {
  const parser = createEventParser(new Headers());
  const events = pieces.flatMap((piece) => parser.add(typeof piece === 'string' ? encoder.encode(piece) : piece));
  events.push(...parser.end());
  parser.check();
  return events;
}
