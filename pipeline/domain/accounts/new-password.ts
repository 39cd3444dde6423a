import { fail, ok, type Result } from '../../../shared/errors/index.ts';

/** Characters of a password that somebody chooses; what a person can remember, and no more than is worth hashing. */
const SHORTEST = 12;
const LONGEST = 200;
/** `aaaaaaaaaaaa` is long and guessed at once. */
const LEAST_DIFFERENT = 5;

/**
 * May this become the password of that address? Counted in the form it is hashed in (NFKC), so that the same word typed
 * on another keyboard is the same password. The failure is on `field`.
 */
export function checkNewPassword(password: string, email: string, field: string): Result<null> {
  const wrong = (message: string): Result<null> =>
    fail('validation_failed', `The password is not good enough: ${message}.`, { fields: [{ field, message }] });
  const characters = [...password.normalize('NFKC')];
  if (characters.length < SHORTEST) return wrong(`it needs at least ${SHORTEST} characters`);
  if (characters.length > LONGEST) return wrong(`it may have at most ${LONGEST} characters`);
  if (new Set(characters).size < LEAST_DIFFERENT)
    return wrong(`it needs at least ${LEAST_DIFFERENT} different characters`);
  const folded = password.normalize('NFKC').toLowerCase();
  if (folded === email.toLowerCase()) return wrong('it must not be the e-mail address');
  return ok(null);
}
