import { Client } from 'pg';
import type { Connection } from './connections.ts';

/** What the pipeline's processes tell each other through PostgreSQL. */
export type Channel = 'rd_outbox' | 'rd_events' | 'rd_cancel' | 'rd_progress' | 'rd_accounts';

/** Called with each notification's text, and with null after a reconnect, since some may have been missed. */
export type Handlers = Partial<Record<Channel, (payload: string | null) => void>>;

const RETRY_MS = 1000;
/** So often the connection is asked whether it still carries: a host that vanished says nothing by itself. */
const CHECK_MS = 15_000;
const CONNECT_MS = 10_000;

/**
 * Keeps one connection listening on the handlers' channels. It connects anew by itself, a second between tries. Returns
 * how to end it; throws where the first try fails.
 */
export async function listen(
  connection: Connection,
  handlers: Handlers,
  onError: (error: Error) => void,
): Promise<() => Promise<void>> {
  const channels = Object.keys(handlers) as Channel[];
  const state: { client: Client | null; closed: boolean; retry?: NodeJS.Timeout } = { client: null, closed: false };
  const connect = async (): Promise<void> => {
    const client = await openListener(connection, channels, onError);
    if (state.closed) return await client.end();
    client.on('notification', ({ channel, payload }) => handlers[channel as Channel]?.(payload ?? ''));
    const check = setInterval(() => {
      client.query('SELECT 1').catch((error: unknown) => {
        onError(asError(error));
        // Not `end`, which would wait for the other side to agree.
        client.connection.stream.destroy();
      });
    }, CHECK_MS);
    client.on('end', () => {
      clearInterval(check);
      reconnectLater();
    });
    state.client = client;
  };
  const reconnectLater = (): void => {
    if (state.closed) return;
    state.retry = setTimeout(() => {
      connect().then(
        () => {
          for (const channel of channels) handlers[channel]?.(null);
        },
        (error: unknown) => {
          onError(asError(error));
          reconnectLater();
        },
      );
    }, RETRY_MS);
  };
  await connect();
  return async () => {
    state.closed = true;
    clearTimeout(state.retry);
    await state.client?.end();
  };
}

async function openListener(
  connection: Connection,
  channels: readonly string[],
  onError: (error: Error) => void,
): Promise<Client> {
  const client = new Client({ ...connection, connectionTimeoutMillis: CONNECT_MS, query_timeout: CONNECT_MS });
  client.on('error', onError);
  try {
    await client.connect();
    for (const channel of channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
