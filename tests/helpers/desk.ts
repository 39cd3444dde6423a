import { startProgram, type RunningProgram } from './process-group.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { withToken } from './with-token.ts';

export interface DeskOptions {
  /** Flags of `npm start` beyond those the helper sets (`--no-open`, `--data`). */
  readonly args?: readonly string[];
  readonly env?: Record<string, string | undefined>;
  /** A data directory that outlives the desk; without it a fresh one is made and removed by `stop`. */
  readonly data?: string;
}

/** A real desk behind its browser door, on loopback. */
export interface RunningDesk {
  /** The printed address with its token: what a person opens. */
  readonly url: string;
  /** `http://127.0.0.1:PORT`, for the chat API. */
  readonly origin: string;
  readonly token: string;
  readonly data: string;
  readonly program: RunningProgram;
  /** One request of the chat API with the desk's token. */
  request(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Starts `main/doors/web` as `npm start -- --web` does and waits for its address. */
export async function startDesk(options: DeskOptions = {}): Promise<RunningDesk> {
  const own = options.data === undefined ? await temporaryDirectory() : null;
  const data = options.data ?? own?.path ?? '';
  const program = startProgram('main/doors/web/index.ts', {
    args: ['--no-open', '--data', data, ...(options.args ?? [])],
    env: options.env ?? {},
  });
  const match = await program
    .waitFor(/desk listening on (http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)/)
    .catch(async (error: unknown) => {
      await program.kill9Group();
      await own?.remove();
      throw error;
    });
  const [, origin = '', token = ''] = match;
  return {
    url: `${origin}/?token=${token}`,
    origin,
    token,
    data,
    program,
    request: (path, init = {}) => fetch(origin + path, { ...init, headers: withToken(init, token) }),
    stop: async () => {
      await program.stop();
      await own?.remove();
    },
  };
}
