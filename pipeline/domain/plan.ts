import { createHash } from 'node:crypto';
import type { Effect, EffectRow, Page } from '../../shared/domain/index.ts';
import type { Result } from '../../shared/errors/index.ts';
import type { PageRequest } from './paging.ts';

/**
 * A change that is worked out and not made: what a dry run answers and what the real call executes, from the same
 * code, so that what is shown is what happens.
 */
export interface Plan<T> {
  effect: Effect;
  /** Hash over everything that decides the effect; another hash later means that the world moved. */
  snapshot: string;
  execute(): Promise<T>;
  /** The things behind the effect's numbers, a page at a time; a change of one thing has none. */
  rows?(request: RowsRequest): Promise<Result<Page<EffectRow>>>;
}

/** Which rows of an effect are asked for: all, or those that will fail. */
export interface RowsRequest extends PageRequest {
  only: 'all' | 'problems';
}

/** Hash of the things that decide an effect. Key order matters: give literals, not foreign objects. */
export function snapshotOf(...parts: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}
