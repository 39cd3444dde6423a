import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { COMMANDS } from './commands/index.ts';
import { asksForHelp } from './server/arguments.ts';
import { parentGone, stopOnSignal } from './server/lifetime.ts';
import { openLog } from './server/log.ts';
import { describeStartError } from './server/start-errors.ts';
import { PIPELINE_USAGE, readPipelineOptions } from './server/options.ts';

const log = openLog();
// Node 24 waits for ever at its exit for a function that V8 compiles beside and that needs room just then; in turn it cannot.
setFlagsFromString('--no-concurrent-sparkplug');
// Spares later starts most of the work of reading the sources; where nothing can be written it does nothing.
enableCompileCache(path.join(import.meta.dirname, '..', '.cache', 'compiled'));

async function serve(args: readonly string[]): Promise<void> {
  const options = readPipelineOptions(args);
  // Loaded once the command line is known to be right: it brings the whole server.
  const { startPipeline } = await import('./server/pipeline.ts');
  const pipeline = await startPipeline(options, log);
  stopOnSignal(() => pipeline.stop(), log);
  void pipeline.lost.then((error) => {
    log.fatal({ err: error }, 'the embedded PostgreSQL does not come back; see postgres.log in the data directory');
    process.exit(1);
  });
  console.log(`pipeline listening on ${pipeline.address}`);
  for (const { email, password } of pipeline.seeded) console.log(`sample user ${email}, password ${password}`);
  if (options.exitWithParent) {
    await parentGone(pipeline, log);
    await pipeline.stop();
    process.exit(0);
  }
}

function helpText(): string {
  const commands = Object.values(COMMANDS).map((command) => `  ${command?.usage}\n      ${command?.summary}`);
  return [`Usage: ${PIPELINE_USAGE}`, 'Sub-commands:', ...commands].join('\n');
}

try {
  const [name = '', ...rest] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (asksForHelp(process.argv.slice(2))) console.log(command === undefined ? helpText() : `Usage: ${command.usage}`);
  else if (command === undefined) await serve(process.argv.slice(2));
  else {
    const run = await command.load();
    await run(rest, { log, print: console.log, say: (text) => void process.stderr.write(text) });
  }
} catch (error) {
  const sentence = describeStartError(error);
  if (sentence !== null) {
    console.error(sentence);
    process.exit(2);
  }
  log.fatal({ err: error }, 'the pipeline could not start');
  process.exit(1);
}
