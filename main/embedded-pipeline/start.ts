import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, FailureError, ok, type Failure, type Result } from '../../shared/errors/index.ts';
import { findRunning, waitForRunning, type LocalPipeline } from './attach.ts';
import { readRunFile } from './run-file.ts';
import type { LaunchService, RunningService } from './service-types.ts';

/** The pipeline of this machine as the desk uses it. */
export interface EmbeddedPipeline extends LocalPipeline {
  /** Did this desk start it, or find it running? */
  started: boolean;
  /** Lets go of it: where we started it, it ends once it renders nothing and nobody else listens. */
  release(): void;
}

/** A second or two on an idle machine; the first start on a busy one makes a database and a catalogue meanwhile. */
const START_MS = 60_000;
/** How long another start gets where nothing tells that there is one. */
const OTHER_MS = 5000;
/** After so long the owner of the directory was not starting but ending, and it is our turn. */
const AGAIN_MS = 3000;
/** The pipeline's exit code where it may not start, which with our arguments means an owned directory. */
const REFUSED = 2;

/**
 * Attaches to the pipeline that owns the data directory, or starts one with the sample catalogue. Of two starts at
 * once one owns the directory and the other attaches to it; an owner that is ending is waited for.
 */
export async function startEmbeddedPipeline(dataDir: string, launch: LaunchService): Promise<Result<EmbeddedPipeline>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const until = Date.now() + START_MS;
  for (;;) {
    const running = await findRunning(dataDir);
    if (running) return ok(attached(running));
    const launched = await tryLaunch(dataDir, launch);
    if (launched.ok) return ours(launched.value, dataDir);
    const isOther = isOwned(launched.failure);
    const other = await waitForRunning(dataDir, isOther ? AGAIN_MS : OTHER_MS);
    if (other) return ok(attached(other));
    if (!isOther || Date.now() > until) return launched;
  }
}

async function ours(service: RunningService, dataDir: string): Promise<Result<EmbeddedPipeline>> {
  const run = await readRunFile(dataDir);
  const url = /https?:\/\/\S+/.exec(service.firstLine)?.[0];
  if (run && url !== undefined) {
    return ok({ url, secret: run.secret, started: true, release: () => service.release() });
  }
  await service.stop();
  return fail('unavailable', `The pipeline did not start as expected. It said: ${service.firstLine.slice(0, 200)}`);
}

/** Did it end because another one owns the directory? That one may still be making its first database, or be ending. */
function isOwned({ details }: Failure): boolean {
  return details?.['exit_code'] === REFUSED;
}

function attached(pipeline: LocalPipeline): EmbeddedPipeline {
  // Somebody else's server is never stopped.
  return { ...pipeline, started: false, release: () => undefined };
}

async function tryLaunch(dataDir: string, launch: LaunchService): Promise<Result<RunningService>> {
  try {
    const args = ['--port', '0', '--data', dataDir, '--seed', 'sample', '--exit-with-parent'];
    return ok(await launch('pipeline', args, { logFile: join(dataDir, 'logs', 'pipeline.log'), timeoutMs: START_MS }));
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { ok: false, failure: error.failure };
  }
}
