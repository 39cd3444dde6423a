import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { checkAddress } from '../../pipeline/index.ts';
import { makeSetupCode } from '../../settings/index.ts';

const USAGE =
  'Usage: npm run setup-code -- --endpoint URL --deployment NAME [--api-version DATE] [--with-key]\n' +
  'With --with-key the key is read from standard input; it is no argument, for arguments are seen by everybody on a machine.';

const OPTIONS = {
  endpoint: { type: 'string' },
  deployment: { type: 'string' },
  'api-version': { type: 'string' },
  'with-key': { type: 'boolean' },
} as const;

/** The set-up code that a command line asks for. `readKey` is only called where the code shall hold one. */
export async function setupCodeFor(args: readonly string[], readKey: () => Promise<string>): Promise<Result<string>> {
  let given: { endpoint?: string; deployment?: string; 'api-version'?: string; 'with-key'?: boolean };
  try {
    given = parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return fail('bad_request', error.message);
  }
  const { endpoint, deployment, 'api-version': version, 'with-key': withKey } = given;
  if (!endpoint || !deployment) return fail('bad_request', 'Give --endpoint and --deployment.');
  const address = checkAddress(endpoint, "The model's endpoint");
  if (!address.ok) return address;
  const key = withKey ? (await readKey()).trim() : null;
  if (key === '') return fail('bad_request', 'No key came on standard input.');
  return ok(makeSetupCode({ endpoint, deployment, api_version: version || null, key }));
}

/** Prints the code that the command line asks for; gives the exit code. */
export async function startSetupCode(): Promise<number> {
  const code = await setupCodeFor(process.argv.slice(2), () => {
    if (process.stdin.isTTY) process.stderr.write('Paste the key, then press Enter and Ctrl-D:\n');
    return text(process.stdin);
  });
  if (code.ok) {
    process.stdout.write(`${code.value}\n`);
    return 0;
  }
  process.stderr.write(`${code.failure.message}\n${USAGE}\n`);
  return 1;
}
