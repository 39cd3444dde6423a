import type { QueryClient } from '@tanstack/react-query';
import type { DeskState } from '../../shared/contract/index.ts';
import { deskKeys } from './queries.ts';

const listeners = new Set<() => void>();

/** Calls back when somebody else (or nobody) is signed in: whoever keeps things of a user lets go of them. */
export function onUserChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const identity = (state: DeskState | undefined) =>
  state?.me ? `${state.me.tenant.id}/${state.me.user.id}` : state === undefined ? undefined : null;

/** Takes in a new state of the desk. With another user or tenant nothing of the former stays in this window. */
export function takeDeskState(client: QueryClient, state: DeskState): void {
  const before = identity(client.getQueryData<DeskState>(deskKeys.state));
  // First the state: what of the former user is still drawn goes with it, and asks for nothing more.
  client.setQueryData(deskKeys.state, state);
  if (before === undefined || before === identity(state)) return;
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== deskKeys.state[0] });
  listeners.forEach((listener) => listener());
}
