import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
// What this process says as a model is recorded, where the test runner asks for it, like what the programs say.
import './conformance/recorder.ts';

const root = resolve(import.meta.dirname, '../..');

/** Groups that still run; a test run that is itself cut off must not leave them behind. */
const alive = new Set<number>();
process.on('exit', () => {
  for (const pid of alive) signalGroup(pid, 'SIGKILL');
});

/** A program of ours running in a process group of its own, with its output collected. */
export interface RunningProgram {
  readonly pid: number;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  /** The first match of the pattern in its output; rejects when it ends first or after `seconds` (default 60). */
  waitFor(pattern: RegExp, seconds?: number): Promise<RegExpMatchArray>;
  /** Ends it as Ctrl-C would, and with force after 15 s. Answers with its exit code, or null where a signal ended it. */
  stop(): Promise<number | null>;
  /** `kill -9` of the whole group: the program and everything it started. */
  kill9Group(): Promise<void>;
  /** Its exit code once it ended, null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface ProgramOptions {
  readonly args?: readonly string[];
  readonly env?: Record<string, string | undefined>;
  /** Written to its stdin, which is then closed; without it stdin is empty. */
  readonly input?: string;
}

/** Starts one of our TypeScript entries with this very Node; the path is relative to the root. */
export function startProgram(entry: string, options: ProgramOptions = {}): RunningProgram {
  const child = spawn(process.execPath, [entry, ...(options.args ?? [])], {
    cwd: root,
    env: { ...process.env, ...withRecorder(), PATH: programPath(), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${entry} could not be started`);
  alive.add(pid);
  let output = '';
  const listeners = new Set<() => void>();
  const take = (text: string) => {
    output += text;
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  child.stdin.end(options.input ?? '');
  const ended = once(child, 'close').then(([code]) => {
    alive.delete(pid);
    return code as number | null;
  });
  return {
    pid,
    ended,
    output: () => output,
    waitFor: (pattern, seconds = 60) =>
      waitForOutput({ entry, pattern, seconds, ended, output: () => output, listeners }),
    stop: async () => {
      signalGroup(pid, 'SIGINT');
      const force = setTimeout(() => signalGroup(pid, 'SIGKILL'), 15_000);
      const code = await ended;
      clearTimeout(force);
      return code;
    },
    kill9Group: async () => {
      signalGroup(pid, 'SIGKILL');
      await ended;
    },
  };
}

interface Wait {
  readonly entry: string;
  readonly pattern: RegExp;
  readonly seconds: number;
  readonly ended: Promise<number | null>;
  readonly output: () => string;
  readonly listeners: Set<() => void>;
}

function waitForOutput({ entry, pattern, seconds, ended, output, listeners }: Wait): Promise<RegExpMatchArray> {
  return new Promise((resolve, reject) => {
    const stopWaiting = () => {
      clearTimeout(timer);
      listeners.delete(look);
    };
    const look = () => {
      const match = output().match(pattern);
      if (match === null) return false;
      stopWaiting();
      resolve(match);
      return true;
    };
    const fail = (why: string) => {
      stopWaiting();
      reject(new Error(`${entry} ${why} and did not print ${pattern}; it printed:\n${output()}`));
    };
    const timer = setTimeout(() => fail(`ran ${seconds} s`), seconds * 1000);
    listeners.add(look);
    if (!look()) void ended.then((code) => fail(`ended with ${code ?? 'a signal'}`));
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function withRecorder(): Record<string, string> {
  if (process.env.RENDERDESK_WIRE_RECORDS === undefined) return {};
  const recorder = pathToFileURL(join(import.meta.dirname, 'conformance', 'recorder.ts')).href;
  return { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${recorder}`.trim() };
}

function programPath(): string {
  return [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
}
