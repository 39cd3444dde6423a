import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventParser } from './event-parser.ts';

const encoder = new TextEncoder();

function parse(...pieces: (string | Uint8Array)[]): unknown[] {
  const parser = createEventParser(new Headers());
  const events = pieces.flatMap((piece) => parser.add(typeof piece === 'string' ? encoder.encode(piece) : piece));
  events.push(...parser.end());
  parser.check();
  return events;
}

describe('events', () => {
  it.each(['\n', '\r\n', '\r'])('are the same however lines end (%j) and wherever the stream is cut', (end) => {
    const lines = [
      ': hello',
      'data: {"a":"ä€😀"}',
      '',
      'id: 7',
      'event: x',
      'data:{"b":',
      'data: 1}',
      '',
      '',
      'data: 2',
    ];
    const bytes = encoder.encode(lines.join(end));
    const whole = [{ a: 'ä€😀' }, { b: 1 }, 2];
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(bytes.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        expect(parse(...at.map((from, index) => bytes.slice(from, at[index + 1])))).toEqual(whole);
      }),
    );
  });
});
