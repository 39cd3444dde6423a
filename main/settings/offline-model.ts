import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fail, FailureError, ok, type Result } from '../../shared/errors/index.ts';
import type { ModelTarget } from '../agent/index.ts';
import type { LaunchService, RunningService } from '../embedded-pipeline/index.ts';

export interface OfflineModel {
  /** Its address and key; started when first asked for. */
  target(): Promise<Result<ModelTarget>>;
  stop(): Promise<void>;
}

const START_MS = 15_000;

/** The rule-based stand-in for a model, as a child on loopback with a key of its own for this run. */
export function createOfflineModel(launch: LaunchService, dataDir: string): OfflineModel {
  let running: RunningService | undefined;
  let started: Promise<Result<ModelTarget>> | undefined;

  const start = async (): Promise<Result<ModelTarget>> => {
    const key = randomBytes(24).toString('base64url');
    try {
      running = await launch('offline-model', ['--port', '0', '--exit-with-parent'], {
        logFile: join(dataDir, 'logs', 'offline-model.log'),
        env: { OFFLINE_MODEL_KEY: key },
        timeoutMs: START_MS,
      });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return { ok: false, failure: error.failure };
    }
    const endpoint = /https?:\/\/\S+/.exec(running.firstLine)?.[0];
    if (endpoint === undefined) return fail('unavailable', 'The offline model did not say where it listens.');
    void running.exited.then(() => {
      running = undefined;
      started = undefined;
    });
    const deployment = 'offline';
    return ok({ form: 'v1', endpoint, deployment, apiVersion: null, key, label: 'offline model', offline: true });
  };

  return {
    target: async () => {
      started ??= start();
      const target = await started;
      // A start that failed is tried anew with the next question.
      if (!target.ok) started = undefined;
      return target;
    },
    stop: async () => {
      await started;
      await running?.stop();
    },
  };
}
