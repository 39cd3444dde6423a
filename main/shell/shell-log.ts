import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log of this size is put aside at the next start; one older log is kept. */
const MAX_BYTES = 5 * 1024 * 1024;

/** One line at a time, with its time, to a file that only its owner reads and to stderr. Holds no secret: callers see to it. */
export function openShellLog(file: string): (line: string) => void {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // A full disk must not end the desk; stderr still has the line.
  stream.on('error', (error) => process.stderr.write(`the log can't be written: ${error.message}\n`));
  return (line) => {
    const text = `${new Date().toISOString()} ${line}\n`;
    stream.write(text);
    process.stderr.write(text);
  };
}
