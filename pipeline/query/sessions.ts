import { Client, DatabaseError } from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { queryConnection, type Connection, type Connections } from '../db/index.ts';

/** Sessions at once: two a tenant (also the role's own limit), sixteen in all; an idle one goes after 10 s. */
export const SESSION_LIMITS = { perTenant: 2, inAll: 16, idleMs: 10_000, waitMs: 2000, connectMs: 3000 } as const;

/** A connection that is logged in as one tenant's query role. */
export interface QuerySession {
  tenantId: string;
  client: Client;
  connection: Connection;
}

/** Hands out query sessions within the limits. */
export interface QuerySessions {
  /** A session of this tenant, or null where none got free in time. */
  take(tenantId: string, signal: AbortSignal): Promise<QuerySession | null>;
  /** Gives a session back that is as new. */
  giveBack(session: QuerySession): void;
  /** Ends a session that is not. */
  drop(session: QuerySession): void;
  close(): Promise<void>;
}

interface State {
  connections: Connections;
  onError: (error: Error) => void;
  /** Every session, also one that is being opened, by its tenant. */
  all: Set<{ tenantId: string }>;
  idle: Map<QuerySession, NodeJS.Timeout>;
  waiting: Set<() => void>;
  closed: boolean;
}

export function createQuerySessions(connections: Connections, onError: (error: Error) => void): QuerySessions {
  const state: State = { connections, onError, all: new Set(), idle: new Map(), waiting: new Set(), closed: false };
  return {
    take: (tenantId, signal) => take(state, tenantId, signal),
    giveBack: (session) => {
      if (state.closed || !state.all.has(session)) return;
      state.idle.set(
        session,
        setTimeout(() => void end(state, session), SESSION_LIMITS.idleMs),
      );
      wake(state);
    },
    drop: (session) => {
      session.client.connection.stream.destroy();
      forget(state, session);
    },
    close: async () => {
      state.closed = true;
      wake(state);
      await Promise.all([...state.idle.keys()].map((session) => end(state, session)));
    },
  };
}

async function take(state: State, tenantId: string, signal: AbortSignal): Promise<QuerySession | null> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(SESSION_LIMITS.waitMs)]);
  while (!deadline.aborted && !state.closed) {
    const idle = [...state.idle.keys()].find((session) => session.tenantId === tenantId);
    if (idle !== undefined) return unpark(state, idle);
    if (mayOpen(state, tenantId)) {
      const opened = await open(state, tenantId);
      if (opened !== null) return opened;
      // Another process of ours holds the role's sessions, or one that was ended is still leaving.
      await wait(50);
    } else await nextChange(state, deadline);
  }
  return null;
}

/** Is there room for one more of this tenant? The longest idle session of another tenant makes room. */
function mayOpen(state: State, tenantId: string): boolean {
  const own = [...state.all].filter((session) => session.tenantId === tenantId);
  if (own.length >= SESSION_LIMITS.perTenant) return false;
  if (state.all.size < SESSION_LIMITS.inAll) return true;
  const [longest] = state.idle.keys();
  if (longest === undefined) return false;
  void end(state, longest);
  return true;
}

/** Logs in. Null where the role has all its sessions already. */
async function open(state: State, tenantId: string): Promise<QuerySession | null> {
  const connection = queryConnection(state.connections, tenantId);
  const client = new Client({ ...connection, connectionTimeoutMillis: SESSION_LIMITS.connectMs });
  const session = { tenantId, client, connection };
  state.all.add(session);
  client.on('error', (error) => {
    if (state.idle.has(session)) state.onError(error);
    forget(state, session);
  });
  try {
    await client.connect();
    const { processID } = client as Client & { processID: number };
    await state.connections.limitQuerySession?.(processID).catch(state.onError);
    return session;
  } catch (error) {
    forget(state, session);
    if (error instanceof DatabaseError && error.code === '53300') return null;
    throw error;
  }
}

function unpark(state: State, session: QuerySession): QuerySession {
  clearTimeout(state.idle.get(session));
  state.idle.delete(session);
  return session;
}

async function end(state: State, session: QuerySession): Promise<void> {
  unpark(state, session);
  forget(state, session);
  await session.client.end();
}

function forget(state: State, session: QuerySession): void {
  unpark(state, session);
  if (state.all.delete(session)) wake(state);
}

function wake(state: State): void {
  for (const resolve of [...state.waiting]) resolve();
}

/** Resolves when a session got free or went, or when the wait is over. */
function nextChange(state: State, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      state.waiting.delete(done);
      deadline.removeEventListener('abort', done);
      resolve();
    };
    state.waiting.add(done);
    deadline.addEventListener('abort', done);
  });
}
