import { failure, FailureError } from '../../../shared/errors/index.ts';

/** Says in a sentence why the embedded PostgreSQL cannot be had here, and what to do. */
export function refuse(message: string): never {
  throw new FailureError(failure('unavailable', message));
}

/** Does this text of a PostgreSQL program complain of a full disk? */
export function tellsOfFullDisk(text: string): boolean {
  return /No space left on device|Disk quota exceeded/i.test(text);
}
