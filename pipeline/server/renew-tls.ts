import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:tls';
import type { Logger } from 'pino';
import { readTls } from './hosting.ts';

/** Takes up a renewed certificate on SIGHUP; one that cannot be used is told in the log, and the old one stays. Returns its end. */
export function renewTlsOnSignal(
  server: Server,
  files: { cert: string; key: string },
  log: Logger,
): () => Promise<void> {
  const renew = (): void => {
    readTls(files).then(
      (material) => {
        if (server instanceof TlsServer) server.setSecureContext({ ...material, minVersion: 'TLSv1.2' });
        log.info('the certificate was renewed');
      },
      (error: unknown) => {
        log.error({ err: error }, 'the certificate was not renewed');
      },
    );
  };
  process.on('SIGHUP', renew);
  return () => {
    process.off('SIGHUP', renew);
    return Promise.resolve();
  };
}
