import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/errors/index.ts';
import type { PipelineReads } from '../pipeline/index.ts';
import { figuresReader } from './desk-figures.ts';

const totals = { draft: 1, queued: 2, running: 3 };

/** The two reading routes of the pipeline that the figures come from, as slow as a test wants. */
function reads(answerAfter: () => Promise<void>, isDown: () => boolean = () => false) {
  let asked = 0;
  const read = {
    orders: async ({ status }: { status: keyof typeof totals }) => {
      await answerAfter();
      return isDown() ? fail('pipeline_unreachable') : ok({ items: [], total: totals[status] });
    },
    renderStats: async () => {
      asked++;
      await answerAfter();
      return ok({ failed: 4, queue: { length: 5, running: 6 } });
    },
  };
  return { read: read as unknown as PipelineReads, asked: () => asked };
}

describe('the figures', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const atOnce = () => Promise.resolve();

  it('are those of the pipeline, read once for questions that come close together', async () => {
    const { read, asked } = reads(atOnce);
    const figures = figuresReader(read, () => undefined);
    const told = await Promise.all([figures.now(), figures.now()]);
    const expected = { orders: totals, renders: { queued: 5, running: 6 }, failed_today: 4 };
    expect(told).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)]);
    await vi.advanceTimersByTimeAsync(4_000);
    await figures.now();
    expect(asked()).toBe(1);
  });

  it('are read anew behind an answer that need not wait, and waited for once they are old', async () => {
    const { read, asked } = reads(atOnce);
    const figures = figuresReader(read, () => undefined);
    const first = await figures.now();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await figures.now()).toBe(first);
    expect(asked()).toBe(2);
    await vi.advanceTimersByTimeAsync(0);
    expect((await figures.now())?.at).not.toBe(first?.at);
    await vi.advanceTimersByTimeAsync(120_000);
    const late = figures.now();
    await vi.advanceTimersByTimeAsync(0);
    expect(Date.now() - Date.parse((await late)?.at ?? '')).toBeLessThan(1000);
  });

  it('keep no question waiting that a slow or missing pipeline could not answer', async () => {
    const slow = figuresReader(reads(() => new Promise(() => undefined)).read, () => undefined).now();
    await vi.advanceTimersByTimeAsync(100);
    expect(await slow).toBeNull();

    const lines: string[] = [];
    let down = true;
    const figures = figuresReader(reads(atOnce, () => down).read, (line) => lines.push(line));
    expect(await figures.now()).toBeNull();
    expect(lines).toEqual([expect.stringContaining('not read')]);
    down = false;
    expect(await figures.now()).toMatchObject({ failed_today: 4 });
  });
});
