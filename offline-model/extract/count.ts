import type { SpanReader } from './span-reader.ts';

const WORDS: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twenty: 20,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  fuenf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  zwanzig: 20,
};
/** More than this no answer in a chat lists; it says how many there are. */
export const MOST_LISTED = 20;
export const NUMBER_WORDS = Object.keys(WORDS).join('|');
const NUMBER = `(\\d{1,4}|${NUMBER_WORDS})`;

/** The number that a word or digits stand for. */
export function numberIn(word: string): number {
  return WORDS[word.toLowerCase()] ?? Number(word.replace(/[.,]/g, ''));
}
const NEWEST = '(?:last|latest|newest|recent|most recent|first|top|letzten?|neuesten?|ersten)';

/** Takes how many are wanted ("my last 5 orders", "die letzten fünf Aufträge"); undefined where the sentence does not say. */
export function takeLimit(reader: SpanReader): number | undefined {
  const match =
    reader.take(new RegExp(`\\b(?:limit|limitiert auf|h(?:ö|oe)chstens|at most|only)\\s+${NUMBER}\\b`, 'i')) ??
    reader.take(new RegExp(`\\b${NEWEST}\\s+${NUMBER}\\b`, 'i')) ??
    reader.take(new RegExp(`\\b${NUMBER}\\s+(?:${NEWEST}\\b|(?=orders|auftr|products|produkt))`, 'i'));
  const word = match?.[1]?.toLowerCase();
  return word === undefined ? undefined : numberIn(word);
}
