import { useSyncExternalStore } from 'react';

const clocks = new Map<number, { now: number; listeners: Set<() => void>; timer?: ReturnType<typeof setInterval> }>();

function clockOf(everyMs: number) {
  const known = clocks.get(everyMs) ?? { now: Date.now(), listeners: new Set() };
  clocks.set(everyMs, known);
  return known;
}

/** The time in milliseconds, renewed every `everyMs`; one timer for all who look. */
export function useNow(everyMs: number): number {
  const clock = clockOf(everyMs);
  return useSyncExternalStore(
    (listener) => {
      clock.listeners.add(listener);
      clock.now = Date.now();
      clock.timer ??= setInterval(() => {
        clock.now = Date.now();
        clock.listeners.forEach((told) => told());
      }, everyMs);
      return () => {
        clock.listeners.delete(listener);
        if (clock.listeners.size > 0) return;
        clearInterval(clock.timer);
        delete clock.timer;
      };
    },
    () => clock.now,
  );
}
