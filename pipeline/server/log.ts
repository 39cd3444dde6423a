import { DrizzleQueryError } from 'drizzle-orm';
import { pino, stdSerializers, type Logger } from 'pino';

/** The log on stderr. What could hold a secret is left out by name, wherever it stands. */
export function openLog(): Logger {
  return pino(
    {
      level: process.env['RENDERDESK_LOG_LEVEL'] ?? 'info',
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

/** A failed statement carries its parameters (passwords, what people wrote); the log gets the statement and the cause. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof DrizzleQueryError)) return stdSerializers.err(error);
  const { cause } = error;
  return {
    type: 'DrizzleQueryError',
    message: cause instanceof Error ? cause.message : 'query failed',
    query: error.query.slice(0, 500),
    stack: cause instanceof Error ? cause.stack : undefined,
  };
}
