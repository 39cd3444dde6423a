import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.ts';

/** How a command ended; `output` is its stdout and stderr in the order they came. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
  readonly seconds: number;
}

export interface CommandOptions {
  readonly env?: Record<string, string | undefined>;
  /** Killed with its whole process group after this many seconds. */
  readonly timeoutSeconds?: number;
}

/** Groups that still run; a run that is itself cut off must not leave them behind. */
const alive = new Set<number>();
process.on('exit', () => {
  for (const pid of alive) killGroup(pid);
});

/** The environment of our commands: this very Node and the project's binaries come first. */
export function commandEnvironment(extra: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/**
 * Runs a command in the checkout with its output collected. Never throws: a command that can't be started has
 * exit code 127 and says so in its output, one that ran out of time has 124.
 */
export function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program = '', ...args] = command;
  const started = performance.now();
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const child = spawn(program, args, {
      cwd: root,
      env: commandEnvironment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    });
    const timer = setTimeout(
      () => {
        timedOut = true;
        output += `\nstopped: not done after ${options.timeoutSeconds} s\n`;
        killGroup(child.pid);
      },
      (options.timeoutSeconds ?? 900) * 1000,
    );
    const end = (exitCode: number) => {
      clearTimeout(timer);
      if (child.pid !== undefined) alive.delete(child.pid);
      resolve({ exitCode, output, seconds: (performance.now() - started) / 1000 });
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', (error) => {
      output += `${program}: ${error.message}\n`;
      end(127);
    });
    child.on('close', (code) => end(timedOut ? 124 : (code ?? 1)));
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // Gone between the timer and the signal.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
