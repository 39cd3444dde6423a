import { expect, it } from 'vitest';
import { sampleCall } from '../../tests/helpers/agent/index.ts';
import { newestSelections, selectionOf } from './selections-of.ts';

const brought = (id: string, count = 3) =>
  sampleCall({ result: { selection_id: id, count, label: `of ${id}`, more: 1 } });

it('finds the selection that a call brought', () => {
  expect(selectionOf(brought('sel_1'))).toEqual({ id: 'sel_1', count: 3, label: 'of sel_1' });
});

it.each([
  ['was not done', { ...brought('sel_1'), state: 'failed' as const }],
  ['found nothing', sampleCall({ result: { selection_id: null, count: 0, label: 'x' } })],
  ['says no count', sampleCall({ result: { selection_id: 'sel_1', label: 'x' } })],
  ['says no label', sampleCall({ result: { selection_id: 'sel_1', count: 1 } })],
  ['is about something else', sampleCall({ result: { total: 1 } })],
  ['has no result', sampleCall()],
])('finds none where the call %s', (_what, call) => {
  expect(selectionOf(call)).toBeUndefined();
});

it('gives the newest first, each once as it was last, and no more than asked for', () => {
  const calls = [brought('a', 1), brought('b', 2), sampleCall(), brought('a', 9), brought('c', 4)];
  const ids = (most: number) => newestSelections(calls, most).map(({ id, count }) => [id, count]);
  expect(ids(5)).toEqual([
    ['c', 4],
    ['a', 9],
    ['b', 2],
  ]);
  expect(ids(2)).toEqual([
    ['c', 4],
    ['a', 9],
  ]);
  expect(newestSelections([], 5)).toEqual([]);
});
