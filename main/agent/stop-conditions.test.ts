import { expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { failure } from '../../shared/errors/index.ts';
import { sampleCall } from '../../tests/helpers/agent/index.ts';
import { LIMITS } from './limits.ts';
import { whyStop } from './stop-conditions.ts';

const stuck = failure('model_failed', 'The model kept calling tools wrongly and was stopped.');
const wrong = { error: { code: 'validation_failed', message: 'limit: too small' } };
const steps = (...results: unknown[][]): JournalEntry[] =>
  results.flatMap((of, step) => of.map((result) => sampleCall({ step, result })));

it('stops a turn at its most steps, however many calls each had', () => {
  const full = Array.from({ length: LIMITS.steps }, () => [{}, {}]);
  expect(whyStop(steps(...full.slice(1)))).toBeUndefined();
  expect(whyStop(steps(...full))).toEqual(failure('step_limit'));
});

it.each<[what: string, calls: JournalEntry[], stop: unknown]>([
  ['three steps in a row with nothing but wrong calls', steps([wrong], [wrong, wrong], [wrong]), stuck],
  ['the same after a step that went well', steps([{}], [wrong], [wrong], [wrong]), stuck],
  ['two such steps', steps([wrong], [wrong]), undefined],
  ['two after one that went well', steps([{}], [wrong], [wrong]), undefined],
  ['a call that went well among them', steps([wrong], [wrong, {}], [wrong]), undefined],
  ['no call at all', [], undefined],
])('judges %s', (_what, calls, stop) => {
  expect(whyStop(calls)).toEqual(stop);
});

it.each([
  null,
  undefined,
  'validation_failed',
  { code: 'validation_failed' },
  { error: null },
  { error: 'validation_failed' },
  { error: {} },
  { error: { code: 'query_timeout' } },
])('goes on where the results are %j: these calls did run', (result) => {
  expect(whyStop(steps([result], [result], [result]))).toBeUndefined();
});
