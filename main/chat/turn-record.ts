import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageStatus, MessageWrite, StoredMessage } from '../../shared/domain/index.ts';
import type { Failure, Result } from '../../shared/errors/index.ts';
import type { Turn, TurnStore } from '../agent/index.ts';

/** How long a desk may be silent about a turn before another one takes it for dead. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
const SAVE_TRIES = 4;

export interface NewMessage {
  session_id: string;
  content: string;
  context_type?: StoredMessage['context_type'] | undefined;
  context_id?: string | null | undefined;
  selection_id?: string | null | undefined;
  token_count?: number | null;
  /** The message it takes the place of. */
  replaces?: string | null | undefined;
}

/** A user's message as it is stored. */
export function userMessage(message: NewMessage): MessageWrite {
  return {
    session_id: message.session_id,
    role: 'user',
    content: message.content,
    context_type: message.context_type ?? null,
    context_id: message.context_id ?? null,
    selection_id: message.selection_id ?? null,
    token_count: message.token_count ?? null,
    status: 'done',
    error: null,
    desk_id: null,
    lease_until: null,
    ...(message.replaces ? { replaces: message.replaces } : {}),
  };
}

/** The record of a turn that begins: an assistant message held by this desk. */
export function turnMessage(sessionId: string, deskId: string): MessageWrite {
  const blank = userMessage({ session_id: sessionId, content: '' });
  return { ...blank, role: 'assistant', status: 'running', desk_id: deskId, lease_until: leaseFromNow() };
}

export function isLeaseOver(message: StoredMessage, now: number): boolean {
  if (message.status !== 'running') return false;
  return message.lease_until === null || Date.parse(message.lease_until) < now;
}

/** Takes a turn up again and says so in its record; the turn then has its calls as they are now. */
export async function holdTurn(store: TurnStore, turn: Turn, deskId: string): Promise<Result<StoredMessage>> {
  const before = turn.assistant;
  turn.assistant = { ...before };
  const held = await save(store, turn, {
    status: 'running',
    error: null,
    desk_id: deskId,
    lease_until: leaseFromNow(),
  });
  if (held.ok) turn.assistant.tool_calls = held.value.tool_calls;
  else turn.assistant = before;
  return held;
}

/** Leaves a turn to whoever reads it next: nobody runs it, and it is not over. */
export function leaveTurn(store: TurnStore, turn: Turn): Promise<Result<StoredMessage>> {
  return save(store, turn, { status: 'running', lease_until: null });
}

/** Renews the lease for as long as the turn runs; returns how to stop. */
export function keepLease(store: TurnStore, turn: Turn, log: (line: string) => void): () => void {
  const timer = setInterval(() => {
    void save(store, turn, { lease_until: leaseFromNow() }).then((saved) => {
      if (!saved.ok) log(`lease of a turn not renewed: ${saved.failure.message}`);
    });
  }, RENEW_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Writes down how the turn ended; a pipeline that is just restarting is waited for. */
export async function endTurn(
  store: TurnStore,
  turn: Turn,
  end: { status: MessageStatus; error: Failure | null; desk_id: string },
): Promise<Result<StoredMessage>> {
  for (let tries = 1; ; tries++) {
    const saved = await save(store, turn, { ...end, lease_until: null });
    if (saved.ok || saved.failure.code !== 'pipeline_unreachable' || tries === SAVE_TRIES) return saved;
    await sleep(200 * 2 ** tries);
  }
}

async function save(store: TurnStore, turn: Turn, change: Partial<MessageWrite>): Promise<Result<StoredMessage>> {
  Object.assign(turn.assistant, change);
  const { id, created_at: _createdAt, superseded: _superseded, tool_calls: _toolCalls, ...write } = turn.assistant;
  return store.saveMessage(id, write);
}

function leaseFromNow(): string {
  return new Date(Date.now() + LEASE_MS).toISOString();
}
