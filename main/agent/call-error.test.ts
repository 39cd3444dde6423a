import { describe, expect, it } from 'vitest';
import { readCallError } from './call-error.ts';

describe('a failed model call', () => {
  it('is read from the fields of the answer’s error', () => {
    const headers = new Headers({ 'x-request-id': 'r-1' });
    const error = { code: 'unsupported_value', param: 'temperature', message: 'Only 1.' };
    expect(readCallError({ status: 400, message: '400 Only 1.', headers, error })).toEqual({
      status: 400,
      code: 'unsupported_value',
      parameter: 'temperature',
      message: 'Only 1.',
      headers,
      requestId: 'r-1',
      isConnection: false,
      causes: ['400 Only 1.'],
    });
  });

  it('is read from its own fields where the error has none', () => {
    expect(readCallError({ status: 404, code: 404, param: 'model', message: 'Not found', error: {} })).toMatchObject({
      code: '404',
      parameter: 'model',
      message: 'Not found',
    });
  });

  it('is found in Azure’s log by Azure’s own id', () => {
    const headers = new Headers({ 'apim-request-id': 'a-1', 'x-request-id': 'r-1' });
    expect(readCallError({ status: 500, headers }).requestId).toBe('a-1');
    expect(readCallError({ status: 500, headers: new Headers() }).requestId).toBeNull();
    expect(readCallError({ status: 500, headers: { 'x-request-id': 'r-1' } })).toMatchObject({
      headers: undefined,
      requestId: null,
    });
  });

  it.each([
    ['no answer', new Error('Connection error.'), true],
    ['an answer', { status: 500 }, false],
    ['an error in the middle of an answer', { error: { message: 'overloaded' } }, false],
    ['an error that is only a text', { error: 'overloaded' }, true],
    ['a status that is none', { status: '500' }, true],
    ['nothing', null, true],
    ['a text', 'broken', true],
  ])('came to %s', (_what, error, isConnection) => {
    expect(readCallError(error).isConnection).toBe(isConnection);
  });

  it.each([null, undefined, 'broken', 5])('is empty where %j was thrown', (thrown) => {
    expect(readCallError(thrown)).toMatchObject({
      status: undefined,
      code: '',
      parameter: '',
      message: '',
      causes: [],
    });
  });

  it('takes no text from what is none', () => {
    const error = { code: { a: 1 }, param: true, message: ['x'] };
    expect(readCallError({ error })).toMatchObject({ code: '', parameter: '', message: '' });
  });
});

describe('what lies under it', () => {
  it('is told from the outside in, with codes before sentences', () => {
    const inner = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const outer = new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: inner }) });
    expect(readCallError(outer).causes).toEqual([
      'Connection error.',
      'fetch failed',
      'ECONNREFUSED',
      'connect ECONNREFUSED',
    ]);
  });

  it('is that of the first address where a host has several', () => {
    const several = new AggregateError([{ code: 'EHOSTUNREACH' }, { code: 'ETIMEDOUT' }], 'all failed');
    expect(readCallError(several).causes).toEqual(['all failed', 'EHOSTUNREACH']);
    expect(readCallError({ errors: ['x'] }).causes).toEqual([]);
    expect(readCallError({ errors: { 0: { code: 'EHOSTUNREACH' } } }).causes).toEqual([]);
  });

  it('is told six deep, also where it goes round', () => {
    const error: { message: string; cause?: unknown } = { message: 'again' };
    error.cause = error;
    expect(readCallError(error).causes).toEqual(Array.from({ length: 6 }, () => 'again'));
  });
});
