import { describe, expect, it } from 'vitest';
import { parseEvents } from '../../tests/helpers/agent/parse-events.ts';
import { readCallError } from './call-error.ts';
import { createEventParser } from './event-parser.ts';

const encoder = new TextEncoder();

describe('events', () => {
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
    expect(parseEvents('event: ping\n\nretry: 3\n\n:\n\ndatas: 1\n\n')).toEqual([]);
  });

  it('that are no JSON are not passed over', () => {
    expect(() => parseEvents('data: {"a":\n\n')).toThrow(SyntaxError);
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
      parseEvents(text);
    } catch (error) {
      thrown = error;
    }
    expect(readCallError(thrown)).toMatchObject({ code: 'server_error', message: 'Oh', isConnection: false });
  });
});

describe('the lines of an event', () => {
  it('are joined by a break, which a text in JSON cannot hold', () => {
    expect(() => parseEvents('data: {"a":"x\ndata: y"}\n\n')).toThrow(SyntaxError);
    expect(parseEvents('data: [1,\ndata: 2]\n\n')).toEqual([[1, 2]]);
  });

  it('lose one space at their beginning', () => {
    expect(parseEvents('data:"a"\n\ndata: "b"\n\nevent:error\n\n')).toEqual(['a', 'b']);
    expect(() => parseEvents('event:error\ndata: 1\n\n')).toThrow('1');
  });

  it('name their own event only', () => {
    expect(parseEvents('event: error\n\ndata: 1\n\n')).toEqual([1]);
    expect(parseEvents('event: other\ndata: 1\n\ndata: 2\n\n')).toEqual([1, 2]);
  });

  it('may say that there is no error', () => {
    expect(parseEvents('data: {"error":null}\n\ndata: null\n\ndata: "error"\n\n')).toEqual([
      { error: null },
      null,
      'error',
    ]);
  });

  it('end with the stream where the last break is missing', () => {
    const parser = createEventParser(new Headers());
    expect(parser.add(encoder.encode('data: [DONE]'))).toEqual([]);
    expect(parser.isDone()).toBe(false);
    expect(parser.end()).toEqual([]);
    expect(parser.isDone()).toBe(true);
  });

  it('may be cut between the two marks of a break, also by nothing', () => {
    expect(parseEvents('data: 1\r', '', '\n\r', '\ndata: 2\r\n')).toEqual([1, 2]);
    expect(parseEvents('data: [1,\r\ndata: 2]\r', '\n', 'data: x\r\n'.slice(0, 0))).toEqual([[1, 2]]);
  });
});

describe('a cut', () => {
  it('between the two marks of a break makes no empty line', () => {
    expect(parseEvents('data: [1,\r', '\ndata: 2]\r', '\n\r\n')).toEqual([[1, 2]]);
    expect(parseEvents('data: [1,\r', '', '\ndata: 2]\r', '\r')).toEqual([[1, 2]]);
    expect(parseEvents('data: [1,\r', 'data: 2]\n', '\n')).toEqual([[1, 2]]);
    expect(parseEvents('data: [1,', '\ndata: 2]\n\n')).toEqual([[1, 2]]);
  });

  it('within a letter loses nothing of it', () => {
    const bytes = encoder.encode('data: "ä€"\n\n');
    for (let at = 0; at <= bytes.length; at++) expect(parseEvents(bytes.slice(0, at), bytes.slice(at))).toEqual(['ä€']);
  });

  it('within a line keeps its beginning', () => {
    expect(parseEvents('data: 1\n\nda', 'ta: 2', '\n\n')).toEqual([1, 2]);
  });
});

it('an error is thrown with where it came from, and not as long as it may be', () => {
  const parser = createEventParser(new Headers({ 'apim-request-id': 'a-1' }));
  parser.add(encoder.encode(`data: {"error":{"message":"${'x'.repeat(5000)}"}}\n\n`));
  let thrown: unknown;
  try {
    parser.check();
  } catch (error) {
    thrown = error;
  }
  expect(readCallError(thrown)).toMatchObject({ requestId: 'a-1', message: 'x'.repeat(5000) });
  expect((thrown as Error).message).toHaveLength(1000);
});
