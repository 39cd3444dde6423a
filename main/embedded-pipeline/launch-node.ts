import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { failure, FailureError } from '../../shared/errors/index.ts';
import { readFirstLine } from './first-line.ts';
import type { LaunchService, RunningService, ServiceName } from './service-types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PROGRAMS: Readonly<Record<ServiceName, string>> = {
  pipeline: join(ROOT, 'pipeline', 'index.ts'),
  'offline-model': join(ROOT, 'offline-model', 'index.ts'),
};
/** How long a service may take to end after it was asked to, before it is made to. */
const STOP_MS = 10_000;

/**
 * Starts services as child processes of plain Node, in our own process group: what ends the group (a closed terminal,
 * a stopped job) ends them too, and the end of their stdin does where nothing else can.
 */
export const launchNode: LaunchService = async (service, args, options) => {
  mkdirSync(dirname(options.logFile), { recursive: true, mode: 0o700 });
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(process.execPath, [PROGRAMS[service], ...args], {
    stdio: ['pipe', 'pipe', log],
    // Every request would fill the file of a desk that stands open for months.
    env: { RENDERDESK_LOG_LEVEL: 'warn', ...process.env, ...options.env },
  });
  closeSync(log);
  // Writing to a child that died is told by `exit`, not by a broken pipe.
  child.stdin?.on('error', () => undefined);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', () => resolve(null));
  });
  const firstLine = await readFirstLine({ stdout: child.stdout, exited }, options);
  if (firstLine !== null) return running(child, firstLine, exited);
  child.kill();
  const details = { exit_code: child.exitCode };
  const message = `The ${service} did not start. Its log says why: ${options.logFile}`;
  throw new FailureError(failure('unavailable', message, { details }));
};

function running(child: ChildProcess, firstLine: string, exited: Promise<number | null>): RunningService {
  return {
    pid: child.pid ?? -1,
    firstLine,
    exited,
    release: () => {
      child.stdin?.end();
      // What it still prints goes nowhere; neither its output nor its life keeps us from ending.
      if (child.stdout instanceof Socket) child.stdout.unref();
      child.unref();
    },
    stop: async () => {
      child.stdin?.end();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
