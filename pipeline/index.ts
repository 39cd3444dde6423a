import { FailureError } from '../shared/errors/index.ts';
import { SAMPLE_PASSWORD } from './seed/index.ts';
import { parentGone, stopOnSignal } from './server/lifetime.ts';
import { openLog } from './server/log.ts';
import { readPipelineOptions, UsageError } from './server/options.ts';
import { startPipeline } from './server/pipeline.ts';

const log = openLog();

try {
  const options = readPipelineOptions(process.argv.slice(2));
  const pipeline = await startPipeline(options, log);
  stopOnSignal(() => pipeline.stop(), log);
  console.log(
    `pipeline listening on http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${pipeline.port}`,
  );
  for (const email of pipeline.seeded) console.log(`sample user ${email}, password ${SAMPLE_PASSWORD}`);
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
