import type { TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/errors/index.ts';
import type { Turn } from '../agent/index.ts';

/** A turn that this desk runs right now. */
export interface LiveTurn {
  turn: Turn;
  abort: AbortController;
  /** Text of the model call under way, for a window that comes late. */
  text: string;
  /** Until when the model makes it wait, null where it does not. */
  retryAt: string | null;
  ended: Promise<TurnOutcome>;
}

export interface LiveTurns {
  /** Has a session to itself for one new turn; `turn_running` where one runs in it. */
  alone<T>(sessionId: string, act: () => Promise<Result<T>>): Promise<Result<T>>;
  /** Does one thing with a turn's message after another. */
  oneAtATime<T>(messageId: string, act: () => Promise<T>): Promise<T>;
  add(live: LiveTurn): void;
  remove(live: LiveTurn): void;
  inSession(sessionId: string): LiveTurn[];
  ofMessage(messageId: string): LiveTurn | undefined;
  all(): LiveTurn[];
}

/** The turns of this desk, found by their message or session. They belong to the desk: windows come and go. */
export function createLiveTurns(): LiveTurns {
  const turns = new Set<LiveTurn>();
  const claimed = new Set<string>();
  const queues = new Map<string, Promise<void>>();
  return {
    alone: async (sessionId, act) => {
      const isBusy = claimed.has(sessionId) || [...turns].some(({ turn }) => turn.assistant.session_id === sessionId);
      if (isBusy) return fail('turn_running');
      claimed.add(sessionId);
      try {
        return await act();
      } finally {
        claimed.delete(sessionId);
      }
    },
    oneAtATime: (messageId, act) => {
      const before = queues.get(messageId) ?? Promise.resolve();
      const done = before.then(act);
      const settled = done.then(nothing, nothing);
      queues.set(messageId, settled);
      void settled.then(() => {
        if (queues.get(messageId) === settled) queues.delete(messageId);
      });
      return done;
    },
    add: (live) => void turns.add(live),
    remove: (live) => void turns.delete(live),
    inSession: (sessionId) => [...turns].filter(({ turn }) => turn.assistant.session_id === sessionId),
    ofMessage: (messageId) => [...turns].find(({ turn }) => turn.assistant.id === messageId),
    all: () => [...turns],
  };
}

const nothing = (): void => undefined;

export type TurnListener = (event: TurnEvent) => void;
