import { setTimeout as wait } from 'node:timers/promises';
import type { LoginAnswer } from '../../shared/domain/index.ts';
import { signInLocally } from './local-sign-in.ts';
import { startProgram, type RunningProgram } from './process-group.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { withToken } from './with-token.ts';

export interface PipelineOptions {
  /** Flags beyond `--port` and `--data`; without them the sample is seeded. */
  readonly args?: readonly string[];
  readonly env?: Record<string, string | undefined>;
  /** A data directory that outlives the pipeline; without it a fresh one is made and removed by `stop`. */
  readonly data?: string;
}

/** A real pipeline with its own PostgreSQL, on loopback. */
export interface RunningPipeline {
  readonly origin: string;
  readonly data: string;
  readonly program: RunningProgram;
  /** One request of the REST API as the holder of this token. */
  request(token: string, path: string, init?: RequestInit): Promise<Response>;
  /** Every sample user that the pipeline named as it seeded, signed in. */
  sampleUsers(): Promise<LoginAnswer[]>;
  stop(): Promise<void>;
}

/** Starts `npm run pipeline` on a free port and waits until it listens. */
export async function startPipeline(options: PipelineOptions = {}): Promise<RunningPipeline> {
  const own = options.data === undefined ? await temporaryDirectory() : null;
  const data = options.data ?? own?.path ?? '';
  const program = startProgram('pipeline/index.ts', {
    args: ['--port', '0', '--data', data, ...(options.args ?? ['--seed', 'sample'])],
    env: options.env ?? {},
  });
  const match = await program
    .waitFor(/pipeline listening on (http:\/\/127\.0\.0\.1:\d+)/)
    .catch(async (error: unknown) => {
      await program.kill9Group();
      await own?.remove();
      throw error;
    });
  const origin = match[1] ?? '';
  return {
    origin,
    data,
    program,
    request: (token, path, init = {}) => fetch(origin + path, { ...init, headers: withToken(init, token) }),
    sampleUsers: async () => {
      const emails = await allEmails(program);
      return Promise.all(emails.map((email) => signInLocally(data, email)));
    },
    stop: async () => {
      await program.stop();
      await own?.remove();
    },
  };
}

/** The e-mails it prints after its address, once no more come. */
async function allEmails(program: RunningProgram): Promise<string[]> {
  await program.waitFor(/\S+@\S+/);
  for (let length = -1; length !== program.output().length;) {
    ({ length } = program.output());
    await wait(200);
  }
  return [...new Set(program.output().match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g))];
}
