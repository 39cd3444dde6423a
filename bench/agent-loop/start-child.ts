import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a file of this folder in a process of its own; gives the process and the first thing that it says. */
export async function startChild<T>(
  file: string,
  words: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<{ child: ChildProcess; said: T }> {
  const child = fork(join(import.meta.dirname, file), words, { execArgv: [...execArgv] });
  const said = once(child, 'message').then(([message]: unknown[]) => message as T);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${String(code)} before it said anything`);
  });
  ended.catch(() => undefined);
  return { child, said: await Promise.race([said, ended]) };
}
