import { failure, FailureError } from '../../../shared/errors/index.ts';

/** The database cannot be used as it is: a sentence that says what to do, for whoever started the program. */
export function refuse(sentence: string): FailureError {
  return new FailureError(failure('database_unusable', sentence));
}
