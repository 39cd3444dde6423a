import { z } from 'zod';

export const tokenPriceSchema = z
  .object({
    /** For a million tokens of what is sent to the model, and of what it answers. */
    input: z.number().min(0).max(100_000),
    output: z.number().min(0).max(100_000),
    /** ISO 4217, `EUR`. */
    currency: z.string().regex(/^[A-Z]{3}$/, 'three capital letters, such as EUR'),
  })
  .strict();
/** What the company pays for its model's tokens. */
export type TokenPrice = z.infer<typeof tokenPriceSchema>;

export const usedTokensSchema = z.object({
  used_tokens: z.number().int(),
  /** Of them the model's answers; calls of which that is not known count as sent. */
  output_tokens: z.number().int(),
});
export type UsedTokens = z.infer<typeof usedTokensSchema>;

export const usageSchema = usedTokensSchema.extend({
  /** `2026-11`, a calendar month in the tenant's time zone. */
  month: z.string(),
  reserved_tokens: z.number().int(),
  /** Estimates of reservations that nobody settled in time; they no longer count against the limit. */
  expired_tokens: z.number().int(),
  limit: z.number().int().nullable(),
  /** Whom the company names to ask about its assistant. */
  contact: z.string().nullable(),
  price: tokenPriceSchema.nullable(),
  /** Of the chat that was asked for, in all months. */
  chat: usedTokensSchema.optional(),
  /** Of the newest answer in it. */
  answer: usedTokensSchema.optional(),
});
export type Usage = z.infer<typeof usageSchema>;

/** What tokens cost, in the price's currency; a discount for what the service had cached is not known here. */
export function costOf({ used_tokens, output_tokens }: UsedTokens, { input, output }: TokenPrice): number {
  return ((used_tokens - output_tokens) * input + output_tokens * output) / 1_000_000;
}

/** From this share of the month's limit on people are warned. */
export const WARN_SHARE = 0.8;

/** What is used and reserved of the month's limit, 1 where all of it is; 0 without a limit. */
export function shareUsed({ used_tokens, reserved_tokens, limit }: Usage): number {
  return limit === null ? 0 : (used_tokens + reserved_tokens) / limit;
}

/** The warning that is due, as a sentence with whom to ask; null where none is. */
export function usageWarning(usage: Usage): string | null {
  const share = shareUsed(usage);
  if (share < WARN_SHARE) return null;
  if (share >= 1) return limitReached(usage);
  const { limit } = usage;
  const percent = Math.floor(share * 100);
  return `${percent} % of your company's ${inThousands(limit ?? 0)} tokens of this month are used. ${whomToAsk(usage)}`;
}

/** Why no question can be asked any more this month. */
export function limitReached(usage: Usage): string {
  const { limit, used_tokens: used } = usage;
  const all = `your company's ${inThousands(limit ?? 0)} tokens of this month`;
  const what =
    shareUsed(usage) >= 1 ? `All of ${all} are used` : `Too few of ${all} are left (${inThousands(used)} used)`;
  return `${what}. ${whomToAsk(usage)}`;
}

function whomToAsk({ contact }: Usage): string {
  return `Ask ${contact ?? 'an admin of your company'} for more.`;
}

function inThousands(tokens: number): string {
  return tokens.toLocaleString('en-US');
}
