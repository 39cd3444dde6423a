import type { JournalEntry } from '../../shared/domain/index.ts';
import { failure, type Failure } from '../../shared/errors/index.ts';
import { LIMITS } from './limits.ts';

/** Why a turn may not ask the model once more, if there is a reason. */
export function whyStop(calls: readonly JournalEntry[]): Failure | undefined {
  const steps = [...Map.groupBy(calls, (call) => call.step).values()];
  if (steps.length >= LIMITS.steps) return failure('step_limit');
  const lastSteps = steps.slice(-LIMITS.badStepsInARow);
  const isStuck = lastSteps.length === LIMITS.badStepsInARow && lastSteps.flat().every(wasRefused);
  return isStuck ? failure('model_failed', 'The model kept calling tools wrongly and was stopped.') : undefined;
}

/** A call that never ran because of how it was made. */
function wasRefused({ result }: JournalEntry): boolean {
  if (typeof result !== 'object' || result === null || !('error' in result)) return false;
  const { error } = result;
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'validation_failed';
}
