import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

const orders = Array.from({ length: 20 }, () => ({ id: randomUUID(), number: 'SA-2026-00160', products: 148 }));
const SAMPLES: Record<string, string> = {
  'a catalogue': readFileSync('resources/catalogue/products.json', 'utf8').slice(0, 50_000),
  'results with ids': JSON.stringify(orders),
  SQL: readFileSync('pipeline/db/migrations/0001_schema.sql', 'utf8').slice(0, 10_000),
  code: readFileSync('main/agent/run-change.ts', 'utf8'),
  English: readFileSync('docs/architecture/agent-loop.md', 'utf8'),
  German:
    'Bitte rendere alle Rillenkugellager der Baureihe 62 ohne die keramischen als WebP; die fehlgeschlagenen danach noch einmal. ',
  Japanese: 'すべての深溝玉軸受をWebPでレンダリングしてください。失敗したものは再試行してください。',
  Russian: 'Пожалуйста, отрендери все подшипники серии 62 без керамических. ',
  'a table': '| SA-2026-00160 | running | 148 | 12 |\n'.repeat(20),
  emoji: '🎉🚀👍🏽'.repeat(20),
};

describe('an estimate of tokens', () => {
  it.each(Object.entries(SAMPLES))('is near the truth and rarely under it: %s', (_, text) => {
    const share = estimateTokens(text) / countTokens(text);
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(1.75);
  });
});
