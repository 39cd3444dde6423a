/**
 * Gathers text per key and hands it on once per animation frame: a model writes faster than a screen draws. Where no
 * frames come (a hidden window) a timer stands in.
 */
export function createFrameBatcher(deliver: (key: string, text: string) => void) {
  const waiting = new Map<string, string>();
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = timer = undefined;
    const texts = [...waiting];
    waiting.clear();
    for (const [key, text] of texts) deliver(key, text);
  }

  return {
    add(key: string, text: string): void {
      waiting.set(key, (waiting.get(key) ?? '') + text);
      frame ??= requestAnimationFrame(flush);
      timer ??= setTimeout(flush, 250);
    },
    /** Hands on what waits; before anything that must come after it. */
    flush,
  };
}
