import { parentPort } from 'node:worker_threads';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/*
 * Counts tokens beside the main thread. The tokenizer takes more than linear time on long unbroken runs, so text is
 * counted in slices: linear, and less than 1 % too much.
 */

const SLICE_CHARS = 512;

function count(text: string): number {
  let tokens = 0;
  for (let from = 0; from < text.length; from += SLICE_CHARS) {
    // What looks like a special token is only text here, and must not throw.
    tokens += countTokens(text.slice(from, from + SLICE_CHARS), { allowedSpecial: 'all' });
  }
  return tokens;
}

parentPort?.on('message', ({ id, text }: { id: number; text: string }) => {
  parentPort?.postMessage({ id, tokens: count(text) });
});
