import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCallError } from './call-error.ts';
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

  it('come out as soon as they are whole', () => {
    const parser = createEventParser(new Headers());
    expect(parser.add(encoder.encode('data: 1\r\n\r'))).toEqual([1]);
    expect(parser.add(encoder.encode('\ndata: 2\n'))).toEqual([]);
    expect(parser.add(encoder.encode('\n'))).toEqual([2]);
  });

  it('end with the mark, whatever comes after it', () => {
    const parser = createEventParser(new Headers());
    expect(parser.add(encoder.encode('data: 1\n\ndata: [DONE]\n\ndata: 2\n\ndata: {'))).toEqual([1]);
    expect(parser.isDone()).toBe(true);
    expect(parser.end()).toEqual([]);
  });

  it('without data are none', () => {
    expect(parse('event: ping\n\nretry: 3\n\n:\n\ndatas: 1\n\n')).toEqual([]);
  });

  it('that are no JSON are not passed over', () => {
    expect(() => parse('data: {"a":\n\n')).toThrow(SyntaxError);
  });

  it('before a broken one are given out, those after it are not', () => {
    const parser = createEventParser(new Headers());
    expect(parser.add(encoder.encode('data: 1\n\ndata: {"error":{"message":"Oh"}}\n\ndata: 2\n\n'))).toEqual([1]);
    expect(parser.add(encoder.encode('data: 3\n\n'))).toEqual([]);
    expect(() => parser.check()).toThrow('Oh');
  });

  it.each([
    'event: error\ndata: {"code":"server_error","message":"Oh"}\n\n',
    'data: {"error":{"code":"server_error","message":"Oh"}}\n\n',
  ])('that are an error are thrown with what they say (%j)', (text) => {
    let thrown: unknown;
    try {
      parse(text);
    } catch (error) {
      thrown = error;
    }
    expect(readCallError(thrown)).toMatchObject({ code: 'server_error', message: 'Oh', isConnection: false });
  });
});
