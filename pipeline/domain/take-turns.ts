/** Called between bounded steps; it gives others their turn. */
export type Breathe = () => Promise<void>;

/** Time that long work may hold the event loop before others get their turn. */
const SLICE_MS = 8;

/** Lets others have the event loop once this work has held it for its slice; until then it costs nothing. */
export function takeTurns(): Breathe {
  let ends = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < ends) return;
    await new Promise((resolve) => setImmediate(resolve));
    ends = performance.now() + SLICE_MS;
  };
}
