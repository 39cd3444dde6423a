import { afterAll, expect, it } from 'vitest';
import { createTokenCounter } from './token-counter.ts';

const counter = createTokenCounter();
afterAll(() => counter.close());

const counted = async (text: string) => {
  counter.estimate(text);
  const bound = Math.ceil(Buffer.byteLength(text) / 3);
  await expect.poll(() => counter.estimate(text), { timeout: 10_000 }).not.toBe(bound);
  return counter.estimate(text);
};

it('counts as the model’s own vocabulary does, and what looks like a special token as text', async () => {
  expect(await counted('Render all Kugellager products as WebP at 1024x1024')).toBe(16);
  expect(await counted('<|endoftext|> is text here, nothing else')).toBeGreaterThan(5);
  expect(await counter.count('Render all Kugellager products as WebP at 1024x1024')).toBe(16);
});

it('does not block on text that a tokenizer chokes on', async () => {
  const started = performance.now();
  const bound = counter.estimate('a'.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(50);
  expect(bound).toBe(66_667);
  expect(await counter.count('b'.repeat(1_000_000))).toBeGreaterThan(1000);
  expect(performance.now() - started).toBeLessThan(500);
});
