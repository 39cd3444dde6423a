import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { deskState, me } from '../test-support/fixtures.ts';
import { deskKeys } from './queries.ts';
import { onUserChange, takeDeskState } from './take-state.ts';

const someone = me();

function signedIn() {
  const client = new QueryClient();
  takeDeskState(client, deskState({ me: someone }));
  client.setQueryData(['orders', 'list', {}], 'theirs');
  let changes = 0;
  const unlisten = onUserChange(() => (changes += 1));
  return { client, changes: () => changes, unlisten };
}

it.each([
  ['signs out', deskState({ me: null })],
  ['is of another company', deskState({ me: me() })],
  ['is another person of the same company', deskState({ me: { ...me(), tenant: someone.tenant } })],
])('lets go of everything when the next user %s', (_who, state) => {
  const { client, changes, unlisten } = signedIn();
  takeDeskState(client, state);
  expect(client.getQueryData(['orders', 'list', {}])).toBeUndefined();
  expect(client.getQueryData(deskKeys.state)).toEqual(state);
  expect(changes()).toBe(1);
  unlisten();
});

it('keeps what it knows when only the desk’s state moved', () => {
  const { client, changes, unlisten } = signedIn();
  takeDeskState(client, deskState({ me: someone, version: '0.2.0' }));
  expect(client.getQueryData(['orders', 'list', {}])).toBe('theirs');
  expect(changes()).toBe(0);
  unlisten();
});
