import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, failure, ok } from '../../shared/errors/index.ts';
import { delta } from '../../tests/helpers/agent/index.ts';
import { PATIENCE } from './limits.ts';
import { streamAnswer, type StreamOptions } from './stream-answer.ts';

type Part = readonly unknown[] | (() => Promise<unknown>);
type Open = StreamOptions['open'];

/** A stream of what came together; a function stands for what happens in between. */
function streamOf(...parts: Part[]): Open {
  return (signal) => {
    async function* stream() {
      for (const part of parts) {
        if (typeof part === 'function') await Promise.race([part(), untilAborted(signal)]);
        else yield part;
      }
    }
    return Promise.resolve(stream());
  };
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(new DOMException('aborted', 'AbortError'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });
}

const silence: Part = () => new Promise(() => undefined);
const wait = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms));
const timedOut = { result: { ok: false, failure: failure('model_timeout') } };

function ask(open: Open, stop = new AbortController()) {
  const texts: string[] = [];
  const onText = (text: string): void => void texts.push(text);
  const outcome = streamAnswer({ open, key: 'sk-secret', patience: PATIENCE, signal: stop.signal, onText });
  return { outcome, texts, stop };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a streamed answer', () => {
  it('is told as it comes, and whole at its end', async () => {
    const usage = { choices: [], usage: { prompt_tokens: 3, completion_tokens: 1 } };
    const { outcome, texts } = ask(
      streamOf(
        [delta({ content: 'Hel' }), delta({ content: '' })],
        [delta({ content: 'lo' }), delta({}, 'stop'), usage],
      ),
    );
    expect(await outcome).toEqual({
      result: ok({ text: 'Hello', calls: [], finish: 'stop', usage: { prompt: 3, completion: 1, total: 4 } }),
    });
    expect(texts).toEqual(['Hel', 'lo']);
  });

  it('is one with calls too, whatever it says of its end', async () => {
    const call = { index: 0, id: 'c', type: 'function', function: { name: 'list_orders', arguments: '{}' } };
    const { outcome } = ask(streamOf([delta({ tool_calls: [call] }), delta({}, 'stop')]));
    expect(await outcome).toMatchObject({
      result: { ok: true, value: { text: '', calls: [{ name: 'list_orders' }] } },
    });
  });

  it.each([
    ['without an end', [delta({ content: 'Hi' })], "The model's answer broke off. Try again.", 'broke_off'],
    [
      'at its longest',
      [delta({ content: 'Hi' }), delta({}, 'length')],
      "The model's answer was cut off at its length limit. Ask for less at once.",
      'length',
    ],
    ['that says nothing', [delta({}, 'stop')], 'The model said nothing. Try again.', 'empty'],
  ])('is none %s', async (_what, events, message, reason) => {
    const { outcome } = ask(streamOf(events));
    expect(await outcome).toEqual({ result: fail('model_failed', message, { details: { reason } }) });
  });

  it('that a filter ended is none, whatever came before', async () => {
    const { outcome, texts } = ask(streamOf([delta({ content: 'Hi' })], [delta({}, 'content_filter')]));
    expect(await outcome).toEqual({ result: fail('model_filtered') });
    expect(texts).toEqual(['Hi']);
  });

  it('ends where an error comes in the middle, and is not asked for again', async () => {
    const { outcome, texts } = ask(
      streamOf([delta({ content: 'Hi' }), { error: { message: 'overloaded' } }, delta({ content: 'more' })]),
    );
    const ended = await outcome;
    expect(ended.result).toMatchObject({
      ok: false,
      failure: { code: 'model_failed', message: expect.stringContaining('overloaded') as string },
    });
    expect(ended.thrown).toBeUndefined();
    expect(texts).toEqual(['Hi']);
  });
});

describe('a stream that throws', () => {
  it('before an answer gives what was thrown, for another try', async () => {
    const error = Object.assign(new Error('busy sk-secret'), { status: 429 });
    const { outcome } = ask(() => Promise.reject(error));
    const { result, thrown } = await outcome;
    expect(thrown).toBe(error);
    expect(result).toMatchObject({ ok: false, failure: { code: 'model_rate_limited' } });
  });

  it('in an answer broke off, if it is the connection that was lost', async () => {
    const lost = () => Promise.reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    const { outcome } = ask(streamOf([delta({ content: 'Hi' })], lost));
    expect(await outcome).toEqual({
      result: fail('model_failed', "The model's answer broke off. Try again.", { details: { reason: 'broke_off' } }),
    });
  });

  it('in an answer for its content says so', async () => {
    const filtered = () => Promise.reject(Object.assign(new Error(), { error: { code: 'content_filter' } }));
    const { outcome } = ask(streamOf([delta({ content: 'Hi' })], filtered));
    expect(await outcome).toMatchObject({ result: { failure: { code: 'model_filtered' } } });
  });
});

describe('the watch over an answer', () => {
  const advance = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  async function isEnded(outcome: Promise<unknown>): Promise<boolean> {
    const open = Symbol('open');
    return (await Promise.race([outcome, Promise.resolve(open)])) !== open;
  }

  it('gives a model two minutes to begin', async () => {
    const { outcome } = ask(streamOf(silence));
    await advance(PATIENCE.firstEventMs - 1);
    expect(await isEnded(outcome)).toBe(false);
    await advance(1);
    expect(await outcome).toEqual(timedOut);
  });

  it('ends an answer that falls silent, and not one that goes on', async () => {
    const { outcome } = ask(
      streamOf(
        [delta({ content: 'a' })],
        wait(40_000),
        [delta({ content: 'b' })],
        wait(40_000),
        [delta({ content: 'c' })],
        silence,
      ),
    );
    await advance(80_000 + PATIENCE.idleMs - 1);
    expect(await isEnded(outcome)).toBe(false);
    await advance(PATIENCE.idleMs / 4 + 1);
    expect(await outcome).toEqual(timedOut);
  });

  it('ends one that never ends', async () => {
    const drips = Array.from({ length: 40 }, () => [wait(10_000), [delta({ content: 'x' })]]).flat();
    const { outcome, texts } = ask(streamOf(...drips));
    await advance(PATIENCE.totalMs - 1);
    expect(await isEnded(outcome)).toBe(false);
    await advance(1);
    expect(await outcome).toEqual(timedOut);
    expect(texts).toHaveLength(29);
  });

  it('ends with the stop of the turn, also one that came before', async () => {
    const { outcome, stop } = ask(streamOf([delta({ content: 'a' })], silence));
    await advance(1);
    stop.abort();
    expect(await outcome).toEqual({ result: fail('stopped') });
    const before = new AbortController();
    before.abort();
    expect(await ask(streamOf(silence), before).outcome).toEqual({ result: fail('stopped') });
  });

  it('says why it ended first: a stop after the time was over changes nothing', async () => {
    const stop = new AbortController();
    const stream: Open = (signal) => {
      signal.addEventListener('abort', () => stop.abort());
      return streamOf(silence)(signal);
    };
    const { outcome } = ask(stream, stop);
    await advance(PATIENCE.firstEventMs);
    expect(await outcome).toEqual(timedOut);
  });

  it('is the reason also where the stream ends quietly with it', async () => {
    const quiet: Open = async (signal) => {
      const stream = await streamOf([delta({ content: 'Hi' }), delta({}, 'stop')], silence)(signal);
      async function* ending() {
        try {
          yield* stream;
        } catch {
          return;
        }
      }
      return ending();
    };
    const { outcome } = ask(quiet);
    await advance(PATIENCE.totalMs);
    expect(await outcome).toEqual(timedOut);
  });

  it('leaves no ear at the stop of the turn', async () => {
    const stop = new AbortController();
    const added = vi.spyOn(stop.signal, 'addEventListener');
    const removed = vi.spyOn(stop.signal, 'removeEventListener');
    await ask(streamOf([delta({ content: 'Hi' }), delta({}, 'stop')]), stop).outcome;
    expect(removed.mock.calls).toEqual([['abort', added.mock.calls[0]?.[1]]]);
  });
});
