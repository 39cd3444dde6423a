import { createHash } from 'node:crypto';
import type { Effect } from '../../shared/domain/index.ts';

/**
 * A change that is worked out and not made: what a dry run answers and what the real call executes, from the same
 * code, so that what is shown is what happens.
 */
export interface Plan<T> {
  effect: Effect;
  /** Hash over everything that decides the effect; another hash later means that the world moved. */
  snapshot: string;
  execute(): Promise<T>;
}

/** Hash of the things that decide an effect. Key order matters: give literals, not foreign objects. */
export function snapshotOf(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}
