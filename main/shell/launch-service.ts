import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { utilityProcess, type UtilityProcess } from 'electron';
import { failure, FailureError } from '../../shared/errors/index.ts';
import type { LaunchOptions, LaunchService, RunningService, ServiceName } from '../desk-types.ts';
import { END_STDIN } from './end-stdin.ts';
import type { ShellPaths } from './paths.ts';

/** How long a service may take to end after it was asked to, before it is made to. */
const STOP_MS = 10_000;

/**
 * Starts services as utility processes: the packaged application is no Node to run a script with (fuse RunAsNode is off).
 * A utility process ends with the application at the latest, so `release` lets a service go on only until then.
 */
export function createServiceLauncher(paths: Pick<ShellPaths, 'serviceHost' | 'services'>): LaunchService {
  return async (service, args, options) => {
    mkdirSync(dirname(options.logFile), { recursive: true });
    const child = utilityProcess.fork(paths.serviceHost, [paths.services[service], ...args], {
      serviceName: `Renderdesk ${service}`,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...definedEnv(process.env), ...options.env },
    });
    const exited = new Promise<number | null>((resolve) => {
      child.once('exit', (code) => resolve(code));
    });
    const pid = new Promise<number>((resolve) => {
      child.once('spawn', () => resolve(child.pid ?? -1));
    });
    const firstLine = await readFirstLine(service, child, exited, options);
    return runningService(child, { pid: await pid, firstLine, exited });
  };
}

function runningService(
  child: UtilityProcess,
  told: Pick<RunningService, 'pid' | 'firstLine' | 'exited'>,
): RunningService {
  const endStdin = () => child.postMessage(END_STDIN);
  return {
    ...told,
    release: endStdin,
    async stop() {
      endStdin();
      const timer = setTimeout(() => child.kill(), STOP_MS);
      await told.exited;
      clearTimeout(timer);
    },
  };
}

/** The service's first line on stdout; all else it prints goes to the log file. */
async function readFirstLine(
  service: ServiceName,
  child: UtilityProcess,
  exited: Promise<number | null>,
  options: LaunchOptions,
): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error('A service was started without its output.');
  const logFile = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  child.stderr.pipe(logFile, { end: false });
  const lines = createInterface({ input: child.stdout });
  void exited.then(() => logFile.end());
  const first = new Promise<string>((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.on('line', (later) => logFile.write(`${later}\n`));
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), options.timeoutMs);
  });
  const line = await Promise.race([first, exited.then(() => null), timeout]);
  clearTimeout(timer);
  if (line !== null) return line;
  child.kill();
  throw new FailureError(failure('unavailable', `The ${service} did not start. Its log says why: ${options.logFile}`));
}

function definedEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
