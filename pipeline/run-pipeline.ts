import { COMMANDS } from './commands/index.ts';
import { asksForHelp } from './server/arguments.ts';
import { openPipelineBackend } from './server/backend.ts';
import { parentGone, stopOnSignal } from './server/lifetime.ts';
import { openLog } from './server/log.ts';
import { endUnstarted } from './server/start-errors.ts';
import { PIPELINE_USAGE, readPipelineOptions } from './server/options.ts';

const log = openLog();

async function serve(args: readonly string[]): Promise<void> {
  const options = readPipelineOptions(args);
  // PostgreSQL starts while the rest of the server is loaded, which lets nothing else of this process come between.
  const launched = Promise.withResolvers<void>();
  const opening = openPipelineBackend(options.database, log, launched.resolve);
  await Promise.race([launched.promise, opening]);
  const { startPipeline } = await import('./server/pipeline.ts');
  const pipeline = await startPipeline(options, log, opening);
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

/** Carries out the command line: a sub-command, or the pipeline itself. Ends the process with 2 and a sentence where it cannot start. */
export async function runPipeline(args: readonly string[]): Promise<void> {
  try {
    const [name = '', ...rest] = args;
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (asksForHelp(args)) console.log(command === undefined ? helpText() : `Usage: ${command.usage}`);
    else if (command === undefined) await serve(args);
    else {
      const run = await command.load();
      await run(rest, { log, print: console.log, say: (text) => void process.stderr.write(text) });
    }
  } catch (error) {
    endUnstarted(error, log, 'pipeline');
  }
}
