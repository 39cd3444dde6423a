import type { Segment } from './live-turn.ts';

/** What an answer changed, or may have, in the pipeline's words; null for nothing. Only changes have an effect worked out. */
export function changedBy(segments: readonly Segment[]): string | null {
  for (const segment of segments) {
    if (segment.kind !== 'call' || segment.call.effect === null) continue;
    if (segment.call.state === 'done' || segment.call.state === 'unknown') return segment.call.effect.summary;
  }
  return null;
}
