import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { LaunchOptions } from './service-types.ts';

/** A started service as its first line is waited for. */
export interface StartedService {
  /** null only where it was started without a pipe, which is a bug. */
  stdout: NodeJS.ReadableStream | null;
  exited: Promise<number | null>;
}

/**
 * The first line a service prints on stdout, or null where it ended or said nothing in time. What it prints later goes to
 * its log file.
 */
export async function readFirstLine(service: StartedService, options: LaunchOptions): Promise<string | null> {
  if (!service.stdout) throw new Error('A service was started without its output.');
  const lines = createInterface({ input: service.stdout });
  const rest = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  void service.exited.then(() => rest.end());
  const first = new Promise<string>((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.on('line', (later) => rest.write(`${later}\n`));
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), options.timeoutMs);
  });
  const line = await Promise.race([first, service.exited.then(() => null), timeout]);
  clearTimeout(timer);
  return line;
}
