import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { sampleTurn, turnParts } from '../../tests/helpers/agent/index.ts';
import { newEntry } from './journal.ts';
import { LIMITS } from './limits.ts';
import { runRead } from './run-read.ts';
import type { PreparedCall, ToolContext } from './tools/index.ts';

type Run = (context: ToolContext) => Promise<Result<unknown>>;

function setUp(run: Run | Result<PreparedCall>, stop = new AbortController()) {
  const turn = sampleTurn();
  const { deps, store, notices } = turnParts({ signal: stop.signal });
  const place = { step: 0, position: 0, model_call_id: 'c', said: null, tool: 'list_orders', arguments: {} };
  const entry = newEntry(turn, place);
  const prepared = typeof run === 'function' ? ok({ kind: 'read' as const, run }) : run;
  return { read: () => runRead(turn, entry, prepared, deps), turn, deps, notices, store, entry, stop };
}

/** Ends only when it is told to. */
const untilStopped: Run = ({ signal }) => {
  return new Promise((resolve) => {
    const end = (): void => resolve(fail('stopped'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
};

describe('a read', () => {
  it('is journaled with its result, and told when it begins and ends', async () => {
    const reading = setUp(() => Promise.resolve(ok({ total: 4 })));
    expect(await reading.read()).toMatchObject({ ok: true, value: { state: 'done', result: { total: 4 } } });
    expect(reading.turn.assistant.tool_calls).toMatchObject([{ id: reading.entry.id, state: 'done' }]);
    expect(reading.notices).toMatchObject([
      { type: 'tool.started', call: { state: 'running', result: null } },
      { type: 'tool.finished', call: { state: 'done', result: { total: 4 } } },
    ]);
  });

  it('works with what the turn has, never with what the model says', async () => {
    let given: ToolContext | undefined;
    const reading = setUp((context) => {
      given = context;
      return Promise.resolve(ok(null));
    });
    await reading.read();
    const { pipeline, navigate } = reading.deps;
    expect(given).toMatchObject({ pipeline, navigate, me: reading.turn.context.me });
  });

  it('that fails is the model’s to deal with', async () => {
    const failed = setUp(() => Promise.resolve(fail('not_found', 'No such order.')));
    expect(await failed.read()).toMatchObject({
      ok: true,
      value: { state: 'failed', result: { error: { code: 'not_found', message: 'No such order.' } } },
    });
    const refused = setUp(fail('validation_failed', 'limit: too small'));
    expect(await refused.read()).toMatchObject({ ok: true, value: { state: 'failed' } });
  });

  it('fails the turn where it cannot be journaled, and tells of no end', async () => {
    const reading = setUp(() => Promise.resolve(ok(1)));
    await reading.read();
    expect(await reading.read()).toEqual(fail('state_conflict'));
    expect(reading.notices.map(({ type }) => type)).toEqual(['tool.started', 'tool.finished', 'tool.started']);
  });

  it('is never a change', async () => {
    const change = { kind: 'change', change: {} } as PreparedCall;
    await expect(setUp(ok(change)).read()).rejects.toThrow('A change is not run as a read.');
  });
});

describe('the time of a read', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is over after a minute, which the model is told', async () => {
    const reading = setUp(untilStopped);
    const end = reading.read();
    await vi.advanceTimersByTimeAsync(LIMITS.readMs - 1);
    expect(reading.turn.assistant.tool_calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await end).toMatchObject({
      value: {
        result: { error: { code: 'query_timeout', message: 'It took longer than 60 seconds. Narrow it down.' } },
      },
    });
  });

  it('ends with a stop of the user, also one that came before', async () => {
    const reading = setUp(untilStopped);
    const end = reading.read();
    reading.stop.abort();
    expect(await end).toMatchObject({ value: { result: { error: { code: 'stopped' } } } });

    const stopped = new AbortController();
    stopped.abort();
    const late = await setUp(untilStopped, stopped).read();
    expect(late).toMatchObject({ value: { result: { error: { code: 'stopped' } } } });
  });

  it('leaves what came back in the last moment as it is', async () => {
    const reading = setUp(({ signal }) => {
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(ok('just in time'))));
    });
    const end = reading.read();
    await vi.advanceTimersByTimeAsync(LIMITS.readMs);
    expect(await end).toMatchObject({ value: { state: 'done', result: 'just in time' } });
  });

  it('leaves nothing behind: no timer, and no ear at the stop', async () => {
    const reading = setUp(() => Promise.resolve(ok(1)));
    const removed = vi.spyOn(reading.stop.signal, 'removeEventListener');
    const added = vi.spyOn(reading.stop.signal, 'addEventListener');
    await reading.read();
    expect(vi.getTimerCount()).toBe(0);
    expect(removed.mock.calls).toEqual([['abort', added.mock.calls[0]?.[1]]]);
  });
});
