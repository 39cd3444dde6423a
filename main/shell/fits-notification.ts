import type { PendingApproval } from '../../shared/contract/index.ts';

/** A notification may approve what fits in it whole: one order, up to this many renders. */
const MAX_RENDERS = 20;
/** Characters that desktops show of a notification's text without cutting it. */
const MAX_SUMMARY = 140;
/** Control and direction characters can make a text read other than it is. */
const DECEIVING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * May a person decide this change from a notification alone? Only where the whole effect can be read there: exactly one
 * order, 1 to 20 renders, a short summary without deceiving characters, and not expired. Whatever is not counted does not fit.
 */
export function fitsNotification(approval: PendingApproval, now: Date): boolean {
  const { counts, summary } = approval.effect;
  const renders = counts['renders'];
  return (
    counts['orders'] === 1 &&
    renders !== undefined &&
    Number.isInteger(renders) &&
    renders >= 1 &&
    renders <= MAX_RENDERS &&
    summary.length > 0 &&
    summary.length <= MAX_SUMMARY &&
    !DECEIVING.test(summary) &&
    Date.parse(approval.expires_at) > now.getTime()
  );
}
