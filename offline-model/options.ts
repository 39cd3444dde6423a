import { parseArgs } from 'node:util';

/** How the offline model runs. */
export interface OfflineModelOptions {
  /** 0: any free port. */
  port: number;
  /** Deployment names it answers to. */
  deployments: readonly string[];
  /** The only key it takes; undefined: any key that is not empty. */
  key: string | undefined;
  /** Milliseconds between two pieces of streamed text. */
  delayMs: number;
  /** Lets a message ask for a fault (`[fault: rate_limit]`), for tests; off unless said. */
  faults?: boolean;
}

export interface CommandLine extends OfflineModelOptions {
  /** Stop when stdin closes, which happens when the process that started us dies. */
  exitWithParent: boolean;
}

export const DEFAULT_DEPLOYMENTS = ['offline', 'offline-rules'] as const;
/** Enough for the eye to see text arrive, 0.2 s for an answer of forty words. */
export const DEFAULT_DELAY_MS = 5;

export const USAGE =
  'Usage: npm run offline-model -- --port N [--deployment NAME]… [--delay MS] [--faults] [--exit-with-parent]\n' +
  'The key is taken from OFFLINE_MODEL_KEY; where that is not set, any key will do.';

/** Reads the arguments; the error is a sentence for the terminal. */
export function readCommandLine(
  args: string[],
  env: Record<string, string | undefined>,
): { ok: true; value: CommandLine } | { ok: false; error: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        deployment: { type: 'string', multiple: true },
        delay: { type: 'string' },
        faults: { type: 'boolean' },
        'exit-with-parent': { type: 'boolean' },
      },
    }));
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
  const port = wholeNumber(values.port ?? '0', 65_535);
  if (port === undefined) return { ok: false, error: '--port must be a whole number from 0 to 65535.' };
  const delayMs = wholeNumber(values.delay ?? String(DEFAULT_DELAY_MS), 60_000);
  if (delayMs === undefined)
    return { ok: false, error: '--delay must be a whole number of milliseconds, at most 60000.' };
  const key = env.OFFLINE_MODEL_KEY;
  return {
    ok: true,
    value: {
      port,
      deployments: values.deployment ?? DEFAULT_DEPLOYMENTS,
      key: key === '' ? undefined : key,
      delayMs,
      faults: values.faults ?? false,
      exitWithParent: values['exit-with-parent'] ?? false,
    },
  };
}

function wholeNumber(text: string, max: number): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= max ? number : undefined;
}
