import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { isLoopback } from '../network/index.ts';

/**
 * An address that a secret may be sent to: https, or plain http on this machine. Fails with `insecure_endpoint`;
 * `what` names the address in the sentence, for example "The pipeline's address".
 */
export function checkAddress(address: string, what: string): Result<URL> {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return fail('insecure_endpoint', `${what} is not an https address.`);
  if (url.username !== '' || url.password !== '') {
    return fail('insecure_endpoint', `${what} must not hold a user name or password.`);
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return ok(url);
  return fail('insecure_endpoint', `${what} must be https: ${url.origin} is not on this machine.`);
}
