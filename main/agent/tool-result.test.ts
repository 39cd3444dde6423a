import { describe, expect, it } from 'vitest';
import { fail, failure, ok } from '../../shared/errors/index.ts';
import { LIMITS } from './limits.ts';
import { doneResult, errorResult, NOT_DONE, toolResult } from './tool-result.ts';

/** A value of so many characters as JSON. */
const ofSize = (characters: number): string => 'x'.repeat(characters - 2);

describe('the result of a call', () => {
  it('is its value, or what went wrong', () => {
    expect(toolResult(ok({ total: 1 }))).toEqual({ state: 'done', result: { total: 1 } });
    expect(toolResult(ok(undefined))).toEqual({ state: 'done', result: null });
    expect(toolResult(fail('not_found', 'No such order.', { details: { secret: 1 } }))).toEqual({
      state: 'failed',
      result: { error: { code: 'not_found', message: 'No such order.' } },
    });
  });

  it('is an error where it is too large, which says how large', () => {
    const most = ofSize(LIMITS.resultChars);
    expect(toolResult(ok(most))).toEqual({ state: 'done', result: most });
    expect(toolResult(ok(`${most}x`))).toEqual({
      state: 'failed',
      result: {
        error: {
          code: 'payload_too_large',
          message: 'The result is too large (24001 characters). Narrow it down: aggregate, or ask for fewer.',
        },
      },
    });
  });
});

describe('the end of a change that happened', () => {
  it('is done, however large its answer is', () => {
    expect(doneResult({ order: 1 })).toEqual({ state: 'done', result: { order: 1 } });
    expect(doneResult(ofSize(LIMITS.resultChars + 1))).toEqual({
      state: 'done',
      result: { happened: true, note: 'It was done. The answer is too large to be shown.' },
    });
  });
});

it('tells the model an error without what belongs into a log', () => {
  expect(errorResult(failure('illegal_state', 'It runs.', { details: { id: 1 } }))).toEqual({
    error: { code: 'illegal_state', message: 'It runs.' },
  });
});

it('says of every call without an answer whether it happened', () => {
  const { rejected, ...others } = NOT_DONE;
  const all = [rejected('No.'), ...Object.values(others)];
  expect(all.map(({ happened }) => happened)).toEqual([false, false, false, false, false, 'unknown']);
  for (const { reason } of all) expect(reason).toMatch(/^[A-Z].*\.$/);
  expect(all.map((each) => Object.entries(each).find(([, value]) => value === true)?.[0])).toEqual([
    'rejected',
    'cancelled',
    'cancelled',
    'rejected',
    'pending',
    'unknown',
  ]);
});
