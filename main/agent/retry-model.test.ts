import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/errors/index.ts';
import { recordedWaits } from '../../tests/helpers/agent/recorded-waits.ts';
import { PATIENCE, type ModelPatience } from './limits.ts';
import { withRetries } from './retry-model.ts';
import type { StreamOutcome } from './stream-answer.ts';

const answer: StreamOutcome = { result: ok({ text: 'Hi', calls: [], finish: 'stop', usage: null }) };
const thrown = (error: object): StreamOutcome => ({ result: fail('model_failed'), thrown: error });
const limited = (seconds?: number): StreamOutcome => {
  const headers = new Headers(seconds === undefined ? {} : { 'retry-after': String(seconds) });
  return thrown({ status: 429, headers, error: { message: 'Slow down.' } });
};
const unavailable = thrown({ status: 503, error: { message: 'Overloaded.' } });
const refused = thrown({ status: 400, error: { message: 'Unknown parameter.' } });

let waiting: ReturnType<typeof recordedWaits>;
beforeEach(() => void (waiting = recordedWaits()));
afterEach(() => waiting.restore());

async function run(
  outcomes: StreamOutcome[],
  more: { patience?: Partial<ModelPatience>; learns?: number; signal?: AbortSignal } = {},
) {
  const left = [...outcomes];
  let tries = 0;
  let learns = more.learns ?? 0;
  const announced: number[] = [];
  const started = Date.now();
  const result = await withRetries({
    attempt: () => {
      tries++;
      return Promise.resolve(left.shift() ?? answer);
    },
    patience: { ...PATIENCE, ...more.patience },
    signal: more.signal ?? new AbortController().signal,
    onRateLimited: (at) => void announced.push(Math.round((Date.parse(at) - started) / 1000)),
    onRefused: () => learns-- > 0,
  });
  return { result, tries, announced, waits: waiting.waits };
}

const times = (count: number, outcome: StreamOutcome): StreamOutcome[] => Array.from({ length: count }, () => outcome);

describe('a model call', () => {
  it('is made once where it is answered, or broke after the answer began', async () => {
    expect(await run([answer])).toMatchObject({ tries: 1, waits: [] });
    const broke = await run([{ result: fail('model_failed', 'Broke off.') }]);
    expect(broke).toMatchObject({ tries: 1, result: fail('model_failed', 'Broke off.') });
  });

  it('is made again twice where the service is in trouble for a moment', async () => {
    expect(await run(times(2, unavailable))).toMatchObject({ tries: 3, result: { ok: true }, waits: [500, 1000] });
    expect(await run(times(9, unavailable))).toMatchObject({ tries: 3, result: { ok: false } });
  });

  it('is not made again where it is refused for good', async () => {
    expect(await run([refused])).toMatchObject({ tries: 1, result: fail('model_failed'), waits: [] });
  });

  it('is made again at once as often as a refusal teaches something', async () => {
    expect(await run(times(9, refused), { learns: 3 })).toMatchObject({ tries: 4, waits: [0, 0, 0] });
  });
});

describe('a rate limit', () => {
  it('is waited for as long as the service asks, and a person is told until when', async () => {
    expect(await run([limited(7), limited(3)])).toMatchObject({
      tries: 3,
      result: { ok: true },
      waits: [7000, 3000],
      announced: [7, 3],
    });
  });

  it('is waited for longer each time where the service says nothing, or asks for nothing', async () => {
    expect((await run(times(4, limited()))).waits).toEqual([1000, 2000, 4000, 8000]);
    waiting.waits.splice(0);
    expect((await run(times(4, limited(0)))).waits).toEqual([100, 200, 400, 800]);
  });

  it('does not count as trouble of the service', async () => {
    expect(await run([unavailable, limited(1), unavailable])).toMatchObject({ tries: 4, waits: [500, 1000, 1000] });
  });

  it.each([
    [[60], {}, 2],
    [[61], {}, 1],
    [[60, 60], {}, 3],
    [[60, 59, 2], {}, 3],
    [[2], { longestWaitMs: 1999 }, 1],
    [[2, 2], { waitsMs: 3999 }, 2],
  ])('of %j seconds is waited for within our patience %j: %i tries', async (seconds, patience, tries) => {
    expect((await run(seconds.map(limited), { patience })).tries).toBe(tries);
  });

  it.each([
    [61, '61 seconds'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [150, '3 minutes'],
    [7140, '119 minutes'],
    [7200, '2 hours'],
    [7201, '3 hours'],
  ])('of %i seconds is given up, and a person is told of %s', async (seconds, words) => {
    const now = Date.now();
    const { result, announced } = await run([limited(seconds)]);
    if (result.ok) throw new Error('answered');
    const { code, message, details } = result.failure;
    expect(code).toBe('model_rate_limited');
    expect(message).toBe(`The model is busy (rate limit) and asks for ${words} of rest. Try again after that.`);
    expect(details).toMatchObject({ reason: 'rate_limit' });
    expect(Math.round((Date.parse(String(details?.['retry_at'])) - now) / 1000)).toBe(seconds);
    expect(announced).toEqual([]);
  });

  it('of one second is told in the singular', async () => {
    const { result } = await run([limited(1)], { patience: { longestWaitMs: 500 } });
    expect(result).toMatchObject({
      failure: { message: expect.stringContaining('asks for 1 second of rest') as string },
    });
  });

  it('is not waited for once the turn is stopped', async () => {
    expect(await run([limited(5)], { signal: AbortSignal.abort() })).toMatchObject({
      tries: 1,
      result: fail('stopped'),
    });
  });
});
