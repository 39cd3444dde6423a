import { Connection as Wire, type Client } from 'pg';
import type { Connection } from '../db/index.ts';

/** How long the cancel request itself may take. */
const PATIENCE_MS = 2000;

/** The driver's own connection, of which its published types name only a part. It does TLS and unix sockets. */
interface CancelWire extends Wire {
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
}

/**
 * PostgreSQL's cancel request, on a connection of its own as the protocol wants it: works however busy the query's own
 * connection is, over TLS where that is, and through a pooler, which knows its own key. The server answers nothing.
 */
export function cancelFromOutside(client: Client, connection: Connection): void {
  const { processID, secretKey } = client as Client & { processID: number; secretKey: number };
  const wire = new Wire({ ssl: connection.ssl }) as CancelWire;
  const timer = setTimeout(() => wire.stream.destroy(), PATIENCE_MS);
  wire.once('end', () => {
    clearTimeout(timer);
  });
  // Where the server can't be reached, the query's own connection fails as well.
  wire.on('error', () => wire.stream.destroy());
  const cancel = (): void => {
    wire.cancel(processID, secretKey);
  };
  if (connection.ssl === undefined) wire.once('connect', cancel);
  else {
    wire.once('connect', () => {
      wire.requestSsl();
    });
    wire.once('sslconnect', cancel);
  }
  if (connection.host.startsWith('/')) wire.connect(`${connection.host}/.s.PGSQL.${connection.port}`);
  else wire.connect(connection.port, connection.host);
}
