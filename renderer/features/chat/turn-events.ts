import type { QueryClient } from '@tanstack/react-query';
import type { TurnEvent } from '../../../shared/contract/index.ts';
import { adoptSession, NEW_SESSION, setSending, useChat } from './chat-store.ts';
import { createFrameBatcher } from './frame-batcher.ts';
import { markUnread, stepLiveTurn, useLiveTurns } from './live-store.ts';
import { attachTurn } from './live-turn.ts';
import { storeOutcome, unfinishedMessage } from './message-cache.ts';
import { chatKeys } from './queries.ts';

/** Sessions whose turn ended here a moment ago: their echo from the pipeline brings nothing new. */
const justEnded = new Map<string, number>();
const ECHO_MS = 3000;

const batchers = new WeakMap<QueryClient, ReturnType<typeof createFrameBatcher>>();

function batcherOf(client: QueryClient) {
  const known = batchers.get(client);
  if (known) return known;
  const made = createFrameBatcher((sessionId, text) => step(client, sessionId, { type: 'text.delta', text }));
  batchers.set(client, made);
  return made;
}

function step(client: QueryClient, sessionId: string, event: TurnEvent): void {
  stepLiveTurn(sessionId, event, () => {
    const stored = unfinishedMessage(client, sessionId);
    return stored ? attachTurn(sessionId, stored) : null;
  });
}

/** Takes in one step of a turn: text once per frame, everything else at once and in order. */
export function takeTurnEvent(client: QueryClient, sessionId: string, event: TurnEvent): void {
  const batcher = batcherOf(client);
  if (event.type === 'text.delta') return batcher.add(sessionId, event.text);
  batcher.flush();
  if (event.type === 'turn.started') {
    // Begun elsewhere: it may take the place of messages that are shown here.
    if (!isOurs(sessionId)) void client.invalidateQueries({ queryKey: chatKeys.messages(sessionId) });
    settleSending(sessionId, event.message.content);
  }
  if (event.type === 'turn.ended') {
    storeOutcome(client, event.outcome, useLiveTurns.getState().turns[sessionId]);
    // A turn that waits may be decided at another desk the next moment.
    if (event.outcome.status !== 'waiting') justEnded.set(sessionId, Date.now());
  }
  step(client, sessionId, event);
  if (event.type === 'turn.ended' || event.type === 'approval.requested') markUnread(sessionId);
}

/** Was this turn sent from here, or is it one that goes on? */
function isOurs(sessionId: string): boolean {
  const { sending } = useChat.getState();
  return Boolean(sending[sessionId] ?? sending[NEW_SESSION] ?? useLiveTurns.getState().turns[sessionId]);
}

/** The message that was on its way has arrived; the first one of a new conversation brings its id. */
function settleSending(sessionId: string, content: string): void {
  const { sending } = useChat.getState();
  if (sending[sessionId]) return setSending(sessionId, null);
  if (sending[NEW_SESSION]?.text === content) adoptSession(sessionId);
}

/** Is what the pipeline tells of this conversation only the echo of what this window has seen happen? */
export function isEcho(sessionId: string): boolean {
  const live = useLiveTurns.getState().turns[sessionId];
  if (live !== undefined) return live.status === 'running';
  return Date.now() - (justEnded.get(sessionId) ?? 0) < ECHO_MS;
}
