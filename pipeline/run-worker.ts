import { unwrap } from '../shared/errors/index.ts';
import { checkSchema, openDatabase } from './db/index.ts';
import { startWorker } from './jobs/index.ts';
import { createMetrics, serveMetrics } from './metrics/index.ts';
import { openRenderer } from './render/index.ts';
import { asksForHelp } from './server/arguments.ts';
import { readServerConnections } from './server/backend.ts';
import { stopOnSignal } from './server/lifetime.ts';
import { openLog, reportTo } from './server/log.ts';
import { readWorkerOptions, WORKER_USAGE } from './server/options.ts';
import { endUnstarted } from './server/start-errors.ts';
import { openStore } from './store/index.ts';

const log = openLog();

/** Renders for the database that the command line names, until it is told to stop. Ends the process with 2 and a sentence where it cannot start. */
export async function runWorker(args: readonly string[]): Promise<void> {
  if (asksForHelp(args)) {
    console.log(`Usage: ${WORKER_USAGE}`);
    process.exit(0);
  }
  try {
    const options = readWorkerOptions(args);
    const connections = readServerConnections(options.databaseUrl);
    await checkSchema(connections.worker);
    const database = openDatabase(connections, reportTo(log, 'database'));
    const store = await openStore(options.files, database);
    unwrap(await store.check('write'));
    const { concurrency, name } = options;
    const report = (what: string): ReturnType<typeof reportTo> => reportTo(log, what);
    const metrics = createMetrics({ backend: database, onError: report('metrics') });
    const renderer = metrics.measured(unwrap(await openRenderer(options.renderer)));
    const figures = options.metricsPort === null ? null : await serveMetrics(metrics, options.metricsPort);
    const worker = await startWorker({ database, store, renderer, name, concurrency, sampleImages: true, log, report });
    stopOnSignal(async () => {
      await worker.stop();
      await figures?.close();
      await store.close();
      await database.close();
    }, log);
    if (figures !== null) console.log(`metrics on http://127.0.0.1:${figures.port}/metrics`);
    console.log(`worker ${name} rendering ${concurrency} at once with ${renderer.name}`);
  } catch (error) {
    endUnstarted(error, log, 'worker');
  }
}
