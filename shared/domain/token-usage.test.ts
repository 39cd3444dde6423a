import { describe, expect, it } from 'vitest';
import { costOf, limitReached, tokenPriceSchema, usageWarning, type Usage } from './token-usage.ts';

const usage = (change: Partial<Usage>): Usage => ({
  month: '2026-11',
  used_tokens: 0,
  output_tokens: 0,
  reserved_tokens: 0,
  expired_tokens: 0,
  limit: 1_000_000,
  contact: null,
  price: null,
  ...change,
});

describe('what tokens cost', () => {
  it('counts what was sent and what was answered at their own prices', () => {
    const price = { input: 2, output: 8, currency: 'EUR' };
    expect(costOf({ used_tokens: 1_500_000, output_tokens: 500_000 }, price)).toBe(6);
    expect(costOf({ used_tokens: 0, output_tokens: 0 }, price)).toBe(0);
  });

  it.each([
    { input: -1, output: 1, currency: 'EUR' },
    { input: Number.NaN, output: 1, currency: 'EUR' },
    { input: 1, output: Infinity, currency: 'EUR' },
    { input: 1, output: 1, currency: 'euro' },
  ])('is no price: %o', (price) => {
    expect(tokenPriceSchema.safeParse(price).success).toBe(false);
  });
});

describe('a warning', () => {
  it('is due from 80 % on, what is reserved counted in', () => {
    expect(usageWarning(usage({ used_tokens: 799_999 }))).toBeNull();
    expect(usageWarning(usage({ used_tokens: 700_000, reserved_tokens: 100_000 }))).toBe(
      "80 % of your company's 1,000,000 tokens of this month are used. Ask an admin of your company for more.",
    );
    expect(usageWarning(usage({ used_tokens: 999_999 }))).toContain('99 %');
    expect(usageWarning(usage({ used_tokens: 5_000_000, limit: null }))).toBeNull();
  });

  it('says whom to ask once nothing is left, or too little for a question', () => {
    const contact = 'Petra Lang';
    const all = "All of your company's 1,000,000 tokens of this month are used. Ask Petra Lang for more.";
    expect(usageWarning(usage({ used_tokens: 1_000_000, contact }))).toBe(all);
    expect(limitReached(usage({ used_tokens: 999_000, contact }))).toBe(
      "Too few of your company's 1,000,000 tokens of this month are left (999,000 used). Ask Petra Lang for more.",
    );
  });
});
