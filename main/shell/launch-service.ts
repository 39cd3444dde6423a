import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { utilityProcess, type UtilityProcess } from 'electron';
import { failure, FailureError } from '../../shared/errors/index.ts';
import { readFirstLine } from '../embedded-pipeline/index.ts';
import type { LaunchService, RunningService } from '../desk-types.ts';
import type { ShellPaths } from './paths.ts';
import { SERVICE_MESSAGES } from './service-messages.ts';

/** How long a service may take to end after it was asked to, before it is made to. */
const STOP_MS = 10_000;

/**
 * Starts services as utility processes: the packaged application is no Node to run a script with (fuse RunAsNode is off).
 * A utility process ends with the application at the latest, so `release` lets a service go on only until then.
 */
export function createServiceLauncher(paths: Pick<ShellPaths, 'serviceHost' | 'services'>): LaunchService {
  return async (service, args, options) => {
    mkdirSync(dirname(options.logFile), { recursive: true, mode: 0o700 });
    const child = utilityProcess.fork(paths.serviceHost, [paths.services[service], ...args], {
      serviceName: `Renderdesk ${service}`,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...definedEnv(process.env), ...options.env },
    });
    child.stderr?.pipe(createWriteStream(options.logFile, { flags: 'a', mode: 0o600 }));
    const exited = new Promise<number | null>((resolve) => {
      child.once('exit', (code) => resolve(code));
    });
    const firstLine = await readFirstLine({ stdout: child.stdout, exited }, options);
    // Its number is taken now: Electron forgets it when the process ends.
    if (firstLine !== null) return running(child, { pid: child.pid ?? -1, firstLine, exited });
    child.kill();
    throw new FailureError(
      failure('unavailable', `The ${service} did not start. Its log says why: ${options.logFile}`),
    );
  };
}

function running(child: UtilityProcess, told: Pick<RunningService, 'pid' | 'firstLine' | 'exited'>): RunningService {
  return {
    ...told,
    release: () => child.postMessage(SERVICE_MESSAGES.endStdin),
    async stop() {
      child.postMessage(SERVICE_MESSAGES.stop);
      const timer = setTimeout(() => child.kill(), STOP_MS);
      await told.exited;
      clearTimeout(timer);
    },
  };
}

function definedEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
