import { fold } from './fold.ts';

/** Longer ones are names; shorter ones are suffixes such as RS or ZZ, which make another product of it. */
const PLAIN_WORD = /^\p{Letter}{4,}$/u;
/** Words of a reference that are looked at. */
const MOST_WORDS = 8;

/**
 * Keys that a reference may mean: its words joined, then each run of neighbouring words that may be a number with words
 * around it, longest first. What is left over must be plain words: in `KL-6205-2RSRR` the `6205` is not the product that
 * is meant.
 */
export function* runsOf(reference: string): Generator<string> {
  const words = wordsOf(reference);
  yield words.join('');
  const plain = words.map((word) => PLAIN_WORD.test(word));
  for (let length = words.length - 1; length >= 1; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      if (plain.every((is, place) => is || (place >= start && place < start + length)))
        yield words.slice(start, start + length).join('');
    }
  }
}

/** The first of them: the whole reference as one key. */
export function wholeKeyOf(reference: string): string {
  return wordsOf(reference).join('');
}

function wordsOf(reference: string): string[] {
  return fold(reference).split(' ').filter(Boolean).slice(0, MOST_WORDS);
}
