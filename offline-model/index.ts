import { setFlagsFromString } from 'node:v8';
import { USAGE, readCommandLine } from './options.ts';
import { startOfflineModel } from './server.ts';

// Node 24 waits for ever at its exit for a function that V8 compiles beside and that needs room just then; in turn it cannot.
setFlagsFromString('--no-concurrent-sparkplug');

const line = readCommandLine(process.argv.slice(2), process.env);
if (line.ok) {
  const server = await startOfflineModel(line.value);
  process.stdout.write(`offline model listening on ${server.url}\n`);
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (line.value.exitWithParent) {
    process.stdin.once('end', stop);
    process.stdin.once('close', stop);
    process.stdin.resume();
  }
} else {
  process.stderr.write(`${line.error}\n${USAGE}\n`);
  process.exitCode = 1;
}
