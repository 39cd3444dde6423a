import { resolve } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { DeskConfig } from '../desk-types.ts';
import { defaultDataDir } from '../embedded-pipeline/index.ts';

/** What the command line and the environment say about the desk to start. */
export interface DeskFlags extends Pick<
  DeskConfig,
  'dataDir' | 'pipelineUrl' | 'token' | 'as' | 'approve' | 'model' | 'env'
> {
  /** Port of the browser door; 0: any free one. */
  port: number;
  /** Show the browser door in a browser. */
  open: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The flags of every door, as `parseArgs` takes them. */
export const FLAG_OPTIONS = {
  web: { type: 'boolean' },
  port: { type: 'string' },
  pipeline: { type: 'string' },
  data: { type: 'string' },
  'no-open': { type: 'boolean' },
  as: { type: 'string' },
  approve: { type: 'string' },
  model: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const FLAG_USAGE =
  '[--port N] [--pipeline URL] [--data DIR] [--no-open] [--as EMAIL] [--approve ask|auto|deny] ' +
  '[--model auto|azure|offline|none]';

const valuesSchema = z.object({
  port: z.coerce.number('must be a whole number').int().min(0).max(65_535).default(0),
  pipeline: z.url('must be an address').optional(),
  data: z.string().min(1).optional(),
  'no-open': z.boolean().default(false),
  as: z.email('must be an e-mail address').optional(),
  approve: z.enum(['ask', 'auto', 'deny']).default('ask'),
  model: z.enum(['auto', 'azure', 'offline', 'none']).default('auto'),
});

/** Reads the flags of a door that has none of its own. */
export function parseFlags(args: readonly string[], env: Env): Result<DeskFlags> {
  const given = readArguments(args, FLAG_OPTIONS, false);
  return given.ok ? readFlags(given.value.values, env) : given;
}

/** Splits a command line by the options given; what is not among them is refused by name. */
export function readArguments(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  allowPositionals: boolean,
): Result<{ values: Record<string, unknown>; positionals: string[] }> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals, strict: true });
    return ok({ values: { ...values }, positionals });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return fail('bad_request', error.message);
  }
}

/** The desk's flags among the values of a command line, completed from the environment. */
export function readFlags(values: Record<string, unknown>, env: Env): Result<DeskFlags> {
  const parsed = valuesSchema.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail('bad_request', `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
  }
  const { port, pipeline, data, as, approve, model } = parsed.data;
  const pipelineUrl = pipeline ?? (env['RENDERDESK_PIPELINE_URL'] || undefined);
  if (as !== undefined && pipelineUrl !== undefined) {
    return fail('bad_request', '--as: works on the embedded sample pipeline only; sign in instead.');
  }
  return ok({
    port,
    open: !parsed.data['no-open'],
    dataDir: resolve(data ?? defaultDataDir(env)),
    pipelineUrl,
    token: env['RENDERDESK_TOKEN'] || undefined,
    as,
    approve,
    model,
    env,
  });
}
