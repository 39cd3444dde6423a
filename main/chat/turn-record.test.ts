import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageWrite } from '../../shared/domain/index.ts';
import { fail, type ErrorCode } from '../../shared/errors/index.ts';
import { memoryStore, sampleCall, sampleMessage, sampleTurn } from '../../tests/helpers/agent/index.ts';
import { holdTurn, isLeaseOver, keepLease, leaveTurn, turnMessage, userMessage } from './turn-record.ts';

/** A store in memory that remembers what was written, and refuses while a code is set. */
function setUp() {
  const memory = memoryStore();
  const written: MessageWrite[] = [];
  const state: { refusal: ErrorCode | null } = { refusal: null };
  const saveMessage: typeof memory.saveMessage = (id, write) => {
    written.push(structuredClone(write));
    return state.refusal ? Promise.resolve(fail(state.refusal)) : memory.saveMessage(id, write);
  };
  return { store: { ...memory, saveMessage }, written, state };
}

describe('the lease of a turn', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is renewed before it runs out for as long as the turn runs, and what went wrong is logged', async () => {
    const { store, written, state } = setUp();
    const lines: string[] = [];
    const turn = sampleTurn();
    const stop = keepLease(store, turn, (line) => lines.push(line));
    await vi.advanceTimersByTimeAsync(30_000);
    const renewed = written.map(({ lease_until }) => Date.parse(lease_until ?? '') - Date.now());
    // The last write is of now, the ones before it of earlier; none was ever over.
    expect(renewed.length).toBeGreaterThan(3);
    const gaps = renewed.slice(1).map((until, at) => until - (renewed[at] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(15_000);
    expect(renewed.at(-1)).toBe(15_000);
    state.refusal = 'pipeline_unreachable';
    await vi.advanceTimersByTimeAsync(5_000);
    expect(lines).toEqual([expect.stringContaining('lease of a turn not renewed')]);
    stop();
    const count = written.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(written).toHaveLength(count);
  });

  it('is over when its time is, or where there is none; only a running turn has one', () => {
    const now = Date.now();
    const running = (lease_until: string | null) => sampleMessage({ status: 'running', lease_until });
    expect(isLeaseOver(running(new Date(now + 1).toISOString()), now)).toBe(false);
    expect(isLeaseOver(running(new Date(now - 1).toISOString()), now)).toBe(true);
    expect(isLeaseOver(running(null), now)).toBe(true);
    expect(isLeaseOver(sampleMessage({ status: 'waiting' }), now)).toBe(false);
  });
});

describe('a turn’s record', () => {
  it('belongs to the desk that took the turn, and to nobody once it was left', async () => {
    const { store, written } = setUp();
    const turn = sampleTurn();
    turn.assistant.tool_calls = [sampleCall()];
    await holdTurn(store, turn, 'desk');
    expect(written[0]).toMatchObject({ status: 'running', desk_id: 'desk', error: null });
    expect(Date.parse(written[0]?.lease_until ?? '')).toBeGreaterThan(Date.now());
    // The calls are those of the store, where another desk may have moved them.
    expect(turn.assistant.tool_calls).toEqual([]);
    await leaveTurn(store, turn);
    expect(written[1]).toMatchObject({ status: 'running', lease_until: null });
  });

  it('stays as it was where the turn could not be taken', async () => {
    const { store, state } = setUp();
    const turn = sampleTurn();
    const before = structuredClone(turn.assistant);
    state.refusal = 'state_conflict';
    expect(await holdTurn(store, turn, 'desk')).toMatchObject({ failure: { code: 'state_conflict' } });
    expect(turn.assistant).toEqual(before);
  });

  it('begins empty and held; a question is held by nobody', () => {
    expect(turnMessage('s', 'desk')).toMatchObject({ role: 'assistant', status: 'running', desk_id: 'desk' });
    const question = userMessage({ session_id: 's', content: 'Hi', replaces: null });
    expect(question).toMatchObject({ role: 'user', status: 'done', desk_id: null, lease_until: null });
    expect('replaces' in question).toBe(false);
    expect(userMessage({ session_id: 's', content: 'Hi', replaces: 'old' })).toMatchObject({ replaces: 'old' });
  });
});
