import { expect, test } from 'vitest';
import { ok, unwrap } from '../../shared/errors/index.ts';
import { slicePage } from './paging.ts';

const listOf = (names: string) => ok([...names].map((name) => ({ path: name })));

/** The second page of a list that was `before` at the first, two items long, and is `now`. */
function secondPage(before: string, now: string): string {
  const first = unwrap(slicePage(listOf(before), { limit: 2 }));
  const second = unwrap(slicePage(listOf(now), { limit: 9, cursor: first.next_cursor ?? undefined }));
  return second.items.map(({ path }) => path).join('');
}

test.each([
  ['abcd', 'abcd', 'cd'],
  ['abcd', 'Xabcd', 'cd'],
  ['abcd', 'bcd', 'cd'],
  ['abcd', 'acd', 'cd'],
  ['abcd', 'abXcd', 'Xcd'],
  ['abcd', 'ab', ''],
  ['abcd', '', ''],
])('%s, then %s: the second page is %j', (before, now, expected) => {
  expect(secondPage(before, now)).toBe(expected);
});

test('the last page has no cursor, and a cursor of another list is refused', () => {
  expect(unwrap(slicePage(listOf('ab'), { limit: 2 })).next_cursor).toBeNull();
  expect(slicePage(listOf('ab'), { limit: 2, cursor: 'WyJ4Il0' })).toMatchObject({
    failure: { code: 'validation_failed' },
  });
});

test('a list without names goes on at its place', () => {
  const history = [1, 2, 3].map((at) => ({ at }));
  const first = unwrap(slicePage(ok(history), { limit: 2 }));
  const second = slicePage(ok([...history, { at: 4 }]), { limit: 9, cursor: first.next_cursor ?? undefined });
  expect(unwrap(second).items).toEqual([{ at: 3 }, { at: 4 }]);
});
