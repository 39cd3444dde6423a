import { describe, expect, it } from 'vitest';
import { limitedFetch } from './limited-fetch.ts';
import { LIMITS } from './limits.ts';

/** A fetch that answers so, and keeps what it was asked with. */
function answering(response: Response) {
  const asked: (RequestInit | undefined)[] = [];
  const fetch = limitedFetch((_input, init) => {
    asked.push(init);
    return Promise.resolve(response);
  });
  return { fetch: (init?: RequestInit) => fetch('https://model.example/v1', init), asked };
}

function answer(status: number, body: string | null, type?: string): Response {
  return new Response(body, { status, headers: type === undefined ? {} : { 'content-type': type } });
}

it('follows no redirect and sends no cookies, whatever it is asked', async () => {
  const { fetch, asked } = answering(answer(200, null));
  await fetch({ method: 'POST', redirect: 'follow', credentials: 'include' });
  expect(asked).toEqual([{ method: 'POST', redirect: 'error', credentials: 'omit' }]);
});

describe('an answer', () => {
  it.each(['text/event-stream', 'text/plain', 'application/octet-stream', 'application/x-ndjson'])(
    'of the type %s is taken for a stream as it is',
    async (type) => {
      const response = answer(200, 'data: 1\n\n', type);
      expect(await answering(response).fetch()).toBe(response);
    },
  );

  it('without a body is left as it is, also an error', async () => {
    for (const response of [answer(200, null, 'text/html'), answer(401, null)]) {
      expect(await answering(response).fetch()).toBe(response);
    }
  });

  it.each([
    'text/html; charset=utf-8',
    ' Application/JSON',
    'application/problem+json',
    'application/xml',
    'application/xhtml+xml',
  ])('of the type %j is no stream, whatever its status', async (type) => {
    const instead = await answering(answer(200, '<h1>Welcome</h1>', type)).fetch();
    expect(instead.status).toBe(422);
    expect(instead.headers.get('content-type')).toBe('application/json');
    expect(instead.headers.get('x-should-retry')).toBe('false');
    expect(await instead.json()).toEqual({
      error: { code: 'not_a_stream', message: 'The answer is not a stream of events.' },
    });
  });

  it.each([
    ['{"error":{"code":"x","message":"Oh"}}', { code: 'x', message: 'Oh' }],
    ['{"error":"Oh"}', 'Oh'],
    ['{"error":null}', { code: 'not_a_stream', message: 'The answer is not a stream of events.' }],
    ['{"choices":[]}', { code: 'not_a_stream', message: 'The answer is not a stream of events.' }],
    ['null', { code: 'not_a_stream', message: 'The answer is not a stream of events.' }],
    ['"error"', { code: 'not_a_stream', message: 'The answer is not a stream of events.' }],
    ['{"error":', { code: 'not_a_stream', message: 'The answer is not a stream of events.' }],
  ])('that is JSON says its own error: %s', async (body, error) => {
    const instead = await answering(answer(200, body, 'application/json')).fetch();
    expect(await instead.json()).toEqual({ error });
  });

  it('that is an error keeps its status, headers and words', async () => {
    const response = await answering(answer(429, '{"error":{}}', 'application/json')).fetch();
    expect(response.status).toBe(429);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe('{"error":{}}');
  });

  it.each([
    [500, 'text/plain'],
    [200, 'text/html'],
  ])('with %i and %s ends once it is larger than any honest error', async (status, type) => {
    const read = async (bytes: number): Promise<string> =>
      (await answering(answer(status, 'x'.repeat(bytes), type)).fetch()).text();
    await expect(read(LIMITS.errorBytes)).resolves.toBeDefined();
    await expect(read(LIMITS.errorBytes + 1)).rejects.toThrow('The answer is larger than the limit.');
  });
});
