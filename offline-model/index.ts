import { USAGE, readCommandLine } from './options.ts';
import { startOfflineModel } from './server.ts';

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
