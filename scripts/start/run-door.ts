import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from '../root.ts';
import { commandEnvironment } from '../run-command.ts';

/**
 * Runs a door in the foreground: its input and output are ours, a signal that reaches only us is passed on, and its
 * exit code is the answer (128 + the signal's number where one ended it).
 */
export function runDoor(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { cwd: root, env: commandEnvironment(), stdio: 'inherit' });
  // On a terminal Ctrl-C reaches the door by itself; passing it on would look like a second Ctrl-C.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
