import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvents } from '../../tests/helpers/agent/parse-events.ts';

const encoder = new TextEncoder();

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
        expect(parseEvents(...at.map((from, index) => bytes.slice(from, at[index + 1])))).toEqual(whole);
      }),
    );
  });
});
