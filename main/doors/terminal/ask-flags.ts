import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { FLAG_OPTIONS, FLAG_USAGE, readArguments, readFlags, type DeskFlags } from '../flags.ts';

export interface AskFlags {
  message: string;
  sessionId: string | undefined;
  json: boolean;
  /** No question: only whether the model answers. */
  testModel: boolean;
  desk: DeskFlags;
}

export const ASK_USAGE = `Usage: npm run ask -- "text" [--session ID] [--json] ${FLAG_USAGE}\n       npm run ask -- --test-model`;

const OPTIONS = {
  ...FLAG_OPTIONS,
  session: { type: 'string' },
  json: { type: 'boolean' },
  'test-model': { type: 'boolean' },
} as const;

/** Reads the command line of `ask`: the words, a session to go on with, and the desk's own flags. */
export function readAskFlags(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Result<AskFlags> {
  const given = readArguments(args, OPTIONS, true);
  if (!given.ok) return given;
  const { positionals, values } = given.value;
  const message = positionals.join(' ').trim();
  const testModel = values['test-model'] === true;
  if (message === '' && !testModel) return fail('bad_request', 'Say what you want.');
  const sessionId = z.uuid().optional().safeParse(values['session']);
  if (!sessionId.success) return fail('bad_request', '--session: must be the id of a session.');
  const desk = readFlags(values, env);
  if (!desk.ok) return desk;
  return ok({ message, sessionId: sessionId.data, json: values['json'] === true, testModel, desk: desk.value });
}
