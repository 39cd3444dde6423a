import { DrizzleQueryError } from 'drizzle-orm';
import { pino, type Logger } from 'pino';

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
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (error instanceof DrizzleQueryError && cause instanceof Error) {
    return { query: error.query.slice(0, 500), ...describe(cause) };
  }
  return { ...describe(error), ...(cause instanceof Error ? { cause: describe(cause) } : {}) };
}

function describe(error: Error): object {
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { type: error.name, message: error.message, ...code, stack: error.stack };
}
