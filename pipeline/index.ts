import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { FailureError } from '../shared/errors/index.ts';
import { parentGone, stopOnSignal } from './server/lifetime.ts';
import { openLog } from './server/log.ts';
import { readPipelineOptions, UsageError } from './server/options.ts';

const log = openLog();
// Spares later starts most of the work of reading the sources; where nothing can be written it does nothing.
enableCompileCache(path.join(import.meta.dirname, '..', '.cache', 'compiled'));

try {
  const options = readPipelineOptions(process.argv.slice(2));
  // Loaded once the command line is known to be right: it brings the whole server.
  const { startPipeline } = await import('./server/pipeline.ts');
  const pipeline = await startPipeline(options, log);
  stopOnSignal(() => pipeline.stop(), log);
  console.log(
    `pipeline listening on http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${pipeline.port}`,
  );
  for (const { email, password } of pipeline.seeded) console.log(`sample user ${email}, password ${password}`);
  if (options.exitWithParent) {
    await parentGone(pipeline, log);
    await pipeline.stop();
    process.exit(0);
  }
} catch (error) {
  if (error instanceof UsageError || error instanceof FailureError) {
    console.error(error.message);
    process.exit(2);
  }
  log.fatal({ err: error }, 'the pipeline could not start');
  process.exit(1);
}
