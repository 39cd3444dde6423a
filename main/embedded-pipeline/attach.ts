import { setTimeout as sleep } from 'node:timers/promises';
import { readRunFile, type RunFile } from './run-file.ts';

/** A pipeline on this machine and the secret that signs in there. */
export interface LocalPipeline {
  url: string;
  secret: string;
}

const HEALTH_MS = 2000;

/** The running pipeline of a data directory, null where no owner answers. */
export async function findRunning(dataDir: string): Promise<LocalPipeline | null> {
  const run = await readRunFile(dataDir);
  return run && isAlive(run.pid) && (await answers(run)) ? localPipeline(run) : null;
}

/** Waits for another start of the same moment to be ready. */
export async function waitForRunning(dataDir: string, timeoutMs: number): Promise<LocalPipeline | null> {
  const until = Date.now() + timeoutMs;
  do {
    const found = await findRunning(dataDir);
    if (found) return found;
    await sleep(100);
  } while (Date.now() < until);
  return null;
}

function localPipeline(run: RunFile): LocalPipeline {
  return { url: `http://127.0.0.1:${String(run.port)}`, secret: run.secret };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function answers(run: RunFile): Promise<boolean> {
  try {
    const url = `${localPipeline(run).url}/api/health`;
    const response = await fetch(url, { signal: AbortSignal.timeout(HEALTH_MS), redirect: 'error' });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // The port of a dead owner: nobody there, or somebody else who does not speak HTTP.
    return false;
  }
}
