import { randomUUID } from 'node:crypto';
import type { ChatQueue, QueueChange, SendRequest, TurnOutcome } from '../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/errors/index.ts';

/** Messages that may wait in one chat. */
const MOST_QUEUED = 10;

interface Queued {
  id: string;
  request: SendRequest;
}

interface Waiting {
  messages: Queued[];
  /** Why it is not sent by itself any more. */
  held: Failure | null;
  /** A person said to send it after the turn that failed. */
  released: boolean;
  draining: Promise<void> | null;
}

/** How the last turn of a chat stands: `open` while it runs or waits for a person, else over, or over with a failure. */
export type Standing = 'open' | 'over' | Failure;

export interface QueueDeps {
  standing: (sessionId: string) => Promise<Result<Standing>>;
  send: (request: SendRequest) => Promise<Result<TurnOutcome>>;
  /** Everybody who listens to the desk. */
  tell: (queue: ChatQueue) => void;
}

/** Messages that wait until a chat's turn ends. They are the desk's: windows come and go, and with the desk they are gone. */
export interface SendQueue {
  read(sessionId: string): ChatQueue;
  change(sessionId: string, change: QueueChange): Result<ChatQueue>;
  /** A turn of the chat may have ended: what waits is sent, one turn after another, as long as all goes well. */
  poke(sessionId: string): void;
  drop(sessionId: string): void;
  /** Forgets everything: nothing is sent any more. */
  close(): void;
}

export function createSendQueue({ standing, send, tell: tellAll }: QueueDeps): SendQueue {
  const chats = new Map<string, Waiting>();
  const tell = (sessionId: string): ChatQueue => {
    const queue = viewOf(sessionId, chats.get(sessionId));
    tellAll(queue);
    return queue;
  };
  const poke = (sessionId: string): void => {
    const chat = chats.get(sessionId);
    if (!chat) return;
    chat.draining = (chat.draining ?? Promise.resolve()).then(() =>
      drain(sessionId, chat, { standing, send, chats, tell }),
    );
  };
  return {
    read: (sessionId) => viewOf(sessionId, chats.get(sessionId)),
    change: (sessionId, change) => {
      const chat = chats.get(sessionId) ?? { messages: [], held: null, released: false, draining: null };
      const refused = apply(chat, sessionId, change);
      if (refused) return refused;
      if (chat.messages.length === 0) chats.delete(sessionId);
      else chats.set(sessionId, chat);
      poke(sessionId);
      return ok(tell(sessionId));
    },
    poke,
    drop: (sessionId) => {
      if (chats.delete(sessionId)) tell(sessionId);
    },
    close: () => chats.clear(),
  };
}

function apply(chat: Waiting, session_id: string, change: QueueChange): Result<never> | undefined {
  if (change.kind === 'send') {
    chat.held = null;
    chat.released = true;
    return undefined;
  }
  if (change.kind === 'add') {
    if (chat.messages.length >= MOST_QUEUED) {
      return fail('validation_failed', `At most ${String(MOST_QUEUED)} messages can wait in a chat. Remove one first.`);
    }
    chat.messages.push({ id: randomUUID(), request: { ...change.request, session_id } });
    return undefined;
  }
  const queued = chat.messages.find(({ id }) => id === change.id);
  if (!queued) return fail('not_found', 'This message does not wait any more: it was sent or removed.');
  if (change.kind === 'edit') queued.request = { ...queued.request, message: change.message };
  else chat.messages = chat.messages.filter((each) => each !== queued);
  return undefined;
}

interface DrainDeps extends Pick<QueueDeps, 'standing' | 'send'> {
  chats: Map<string, Waiting>;
  tell: (sessionId: string) => ChatQueue;
}

/** Sends what waits, one turn after another; stops at a turn that is open, and holds at one that failed. */
async function drain(sessionId: string, chat: Waiting, { chats, tell, ...deps }: DrainDeps): Promise<void> {
  const isGone = (): boolean => chats.get(sessionId) !== chat;
  const hold = (failure: Failure): void => {
    chat.held = failure;
    if (!isGone()) tell(sessionId);
  };
  while (!isGone() && chat.held === null) {
    const stands = await deps.standing(sessionId);
    if (!stands.ok) return hold(stands.failure);
    if (stands.value === 'open') return;
    if (stands.value !== 'over' && !chat.released) return hold(stands.value);
    const next = isGone() ? undefined : chat.messages.shift();
    if (!next) return;
    chat.released = false;
    tell(sessionId);
    const sent = await deps.send(next.request);
    if (!sent.ok) {
      chat.messages.unshift(next);
      // Another window or desk was faster; it is sent after that one's turn.
      return sent.failure.code === 'turn_running' ? void tell(sessionId) : hold(sent.failure);
    }
    if (chat.messages.length === 0 && !isGone()) chats.delete(sessionId);
  }
}

function viewOf(session_id: string, chat: Waiting | undefined): ChatQueue {
  const messages = (chat?.messages ?? []).map(({ id, request: { message, selection_id } }) => {
    return { id, message, has_list: selection_id !== undefined && selection_id !== null };
  });
  return { session_id, messages, held: chat?.held ?? null };
}
