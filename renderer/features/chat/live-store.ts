import { create } from 'zustand';
import type { TurnEvent } from '../../../shared/contract/index.ts';
import { onUserChange } from '../../desk/take-state.ts';
import { startTurn, stepTurn, type LiveTurn } from './live-turn.ts';

interface LiveStore {
  turns: Readonly<Record<string, LiveTurn>>;
  /** Sessions where something ended or waits that nobody has looked at yet. */
  unread: ReadonlySet<string>;
}

/** Turns under way, by session. They belong to the desk; this is what this window has seen of them. */
export const useLiveTurns = create<LiveStore>()(() => ({ turns: {}, unread: new Set() }));

onUserChange(() => useLiveTurns.setState({ turns: {}, unread: new Set() }));

/**
 * Moves a session's turn on by one event; `seed` is where it starts from if this window has not seen it. Of a turn that
 * neither began here nor is loaded nothing is kept: it is read from the desk when its conversation is opened.
 */
export function stepLiveTurn(sessionId: string, event: TurnEvent, seed: () => LiveTurn | null): void {
  const { turns } = useLiveTurns.getState();
  const turn = turns[sessionId] ?? seed() ?? (event.type === 'turn.started' ? startTurn(event) : null);
  if (turn === null) return;
  const next = stepTurn(turn, event);
  if (next !== null) return useLiveTurns.setState({ turns: { ...turns, [sessionId]: next } });
  const { [sessionId]: _ended, ...others } = turns;
  useLiveTurns.setState({ turns: others });
}

/** Events were missed: turns under way are read anew from the desk. */
export function forgetLiveTurns(): void {
  useLiveTurns.setState({ turns: {} });
}

/**
 * Somebody decided at another desk, or the wait is over: what waits is read from the desk. A turn that runs here tells of
 * itself.
 */
export function forgetWaitingTurn(sessionId: string): void {
  const { [sessionId]: turn, ...others } = useLiveTurns.getState().turns;
  if (turn?.status === 'waiting') useLiveTurns.setState({ turns: others });
}

export function markUnread(sessionId: string): void {
  useLiveTurns.setState((state) => ({ unread: new Set([...state.unread, sessionId]) }));
}

export function markRead(sessionId: string): void {
  if (!useLiveTurns.getState().unread.has(sessionId)) return;
  useLiveTurns.setState((state) => ({ unread: new Set([...state.unread].filter((id) => id !== sessionId)) }));
}
