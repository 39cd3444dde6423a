import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults } from './faults/fault.ts';
import type { OfflineModelOptions } from './options.ts';
import { handle } from './routes.ts';

/** A listening offline model. */
export interface OfflineModelServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  url: string;
  /** Stops listening and ends open answers. */
  close: () => Promise<void>;
}

/** Starts the offline model on loopback; rejects where the port is taken. */
export async function startOfflineModel(options: OfflineModelOptions): Promise<OfflineModelServer> {
  const findFault = options.faults === true ? createFaults() : undefined;
  const server = createServer((request, response) => {
    void handle(request, response, { ...options, findFault });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
