import type { PipelineEvent, StateEvent } from '../../../shared/domain/index.ts';
import type { Database } from '../../db/index.ts';
import { currentSeq, eventsAfter, oldestSeq } from './store.ts';

/** Somebody who listens to a tenant's events. */
export interface Listener {
  /** `text` is the event as JSON, made once for all listeners. */
  send(event: PipelineEvent, text: string): void;
}

/** Carries events to listeners: state changes in order and without gaps, progress as it comes. */
export interface EventHub {
  /** Answers hello (and reload, where what follows `since` is no longer kept), then what came after `since`, then what comes. Returns its unlisten. */
  listen(tenantId: string, since: number | null, listener: Listener): Promise<() => void>;
  /** New numbered events may be there. */
  wake(): void;
  /** A progress tick; whoever misses it misses nothing. */
  tick(tenantId: string, event: Extract<PipelineEvent, { type: 'render.progress' }>): void;
  listenerCount(): number;
}

interface Subscription {
  tenantId: string;
  listener: Listener;
  /** Number of the last event sent. */
  sent: number;
}

const BATCH = 500;

/** One hub serves all listeners of this process from the events table. */
export function createEventHub(database: Database, onError: (error: unknown) => void): EventHub {
  const subscriptions = new Set<Subscription>();
  let pumping: Promise<void> | null = null;
  let again = false;

  const pump = async (): Promise<void> => {
    do {
      again = false;
      for (const tenantId of new Set([...subscriptions].map((one) => one.tenantId))) {
        await pumpTenant(database, tenantId, subscriptions);
      }
    } while (again);
  };
  const wake = (): void => {
    again = true;
    pumping ??= pump()
      .catch(onError)
      .finally(() => {
        pumping = null;
        if (again) wake();
      });
  };
  return {
    listen: async (tenantId, since, listener) => {
      const { current, sent } = await startAt(database, tenantId, since);
      sendTo(listener, { type: 'hello', seq: current });
      if (sent === null) sendTo(listener, { type: 'reload', seq: current });
      const subscription = { tenantId, listener, sent: sent ?? current };
      subscriptions.add(subscription);
      wake();
      return () => subscriptions.delete(subscription);
    },
    wake,
    tick: (tenantId, event) => {
      const listeners = [...subscriptions].filter((one) => one.tenantId === tenantId);
      if (listeners.length === 0) return;
      const text = JSON.stringify(event);
      for (const one of listeners) one.listener.send(event, text);
    },
    listenerCount: () => subscriptions.size,
  };
}

/** Where a listener starts: at the number it names if what follows is still kept, else (null) it has to load anew. */
async function startAt(
  database: Database,
  tenantId: string,
  since: number | null,
): Promise<{ current: number; sent: number | null }> {
  return await database.withTenant(tenantId, async (tx) => {
    const current = await currentSeq(tx);
    if (since === null) return { current, sent: current };
    const oldest = await oldestSeq(tx);
    // A number we have not reached yet is of another database.
    const kept = since <= current && since >= (oldest ?? current + 1) - 1;
    return { current, sent: kept ? since : null };
  });
}

/** Sends each listener of the tenant what it has not got; those at the same number share one read. */
async function pumpTenant(database: Database, tenantId: string, all: ReadonlySet<Subscription>): Promise<void> {
  for (;;) {
    const listeners = [...all].filter((one) => one.tenantId === tenantId);
    if (listeners.length === 0) return;
    const from = Math.min(...listeners.map((one) => one.sent));
    const events = await database.withTenant(tenantId, (tx) => eventsAfter(tx, from, BATCH));
    for (const event of events) {
      const text = JSON.stringify(event);
      for (const one of listeners) sendNext(one, event, text);
    }
    // A batch for hundreds of listeners takes a while to write: others get their turn before the next one.
    await new Promise((resolve) => setImmediate(resolve));
    if (events.length < BATCH) return;
  }
}

function sendNext(subscription: Subscription, event: StateEvent, text: string): void {
  if (event.seq <= subscription.sent) return;
  subscription.sent = event.seq;
  subscription.listener.send(event, text);
}

function sendTo(listener: Listener, event: PipelineEvent): void {
  listener.send(event, JSON.stringify(event));
}
