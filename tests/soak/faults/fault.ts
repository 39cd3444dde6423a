import type { ErrorCode } from '../../../shared/errors/index.ts';
import type { Answer } from './wire.ts';

/** One way the model endpoint misbehaves, and how the turn has to end. */
export interface Fault {
  readonly what: string;
  /** `failed`: with a code and a sentence. `done`: the fault is harmless. `any`: either, as long as it is told. */
  readonly ends: 'failed' | 'done' | 'any';
  /** Where the turn fails, with this code; without one any known code will do. */
  readonly code?: ErrorCode;
  /** It passes: the same question once more succeeds, within the same turn. */
  readonly passes?: true;
  /** The same answer to every request of the turn. */
  readonly answer?: Answer;
  /** For an answer that changes from request to request: a fresh one for each turn, instead of `answer`. */
  readonly make?: () => Answer;
  /** Takes seconds, for the desk rightly tries again; left out of the short sample. */
  readonly slow?: true;
}
