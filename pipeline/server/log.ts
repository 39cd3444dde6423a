import { DrizzleQueryError } from 'drizzle-orm';
import { pino, type Logger } from 'pino';
import { isDatabaseGone } from '../db/index.ts';

/** The log on stderr. What could hold a secret is left out by name, wherever it stands. */
export function openLog(level = process.env['RENDERDESK_LOG_LEVEL'] ?? 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      redact: {
        paths: ['req.headers', 'headers.authorization', '*.authorization', '*.password', '*.token', '*.secret'],
        censor: '[left out]',
      },
      serializers: {
        err: describeError,
        req: ({ method, url }: { method: string; url: string }) => ({ method, url: url.split('?')[0] }),
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/**
 * What the log may know of an error. A failed statement carries its parameters (passwords, what people wrote) and a
 * broken connection itself; the log gets neither.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' && error !== null ? plain(error) : String(error);
  const { cause } = error;
  if (error instanceof DrizzleQueryError && cause instanceof Error) {
    return { query: error.query.slice(0, 500), ...describe(cause) };
  }
  return { ...describe(error), ...(cause instanceof Error ? { cause: describe(cause) } : {}) };
}

/** What is thrown without being an error, as some libraries do: its message and code. */
function plain(thrown: object): { message: string; code?: string } {
  const message = 'message' in thrown ? String(thrown.message) : 'something without a message';
  return { message, ...('code' in thrown ? { code: String(thrown.code) } : {}) };
}

/**
 * Logs what went wrong in the background of a process. While the database is away everything that needs it fails, so
 * that is one short line and no stack.
 */
export function reportTo(log: Pick<Logger, 'error' | 'warn'>, what: string): (error: unknown) => void {
  return (error) => {
    if (isDatabaseGone(error)) log.warn(`${what}: the database is away (${plain(Object(error)).message})`);
    else log.error({ err: error }, what);
  };
}

function describe(error: Error): object {
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { type: error.name, message: error.message, ...code, stack: error.stack };
}
