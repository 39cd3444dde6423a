import { expect, it } from 'vitest';
import { visible } from './visible-text.ts';

it('writes out characters that change what the eye reads', () => {
  expect(visible('user\u202Egpj.exe')).toBe('user[U+202E]gpj.exe');
  expect(visible('a\u200Bb\u0007c\u{E0041}')).toBe('a[U+200B]b[U+0007]c[U+E0041]');
});

it('leaves words of people alone', () => {
  const words = 'Rillenkugellager Ø 25 × 52\n\tÖztürk – 軸受 ✅';
  expect(visible(words)).toBe(words);
});
