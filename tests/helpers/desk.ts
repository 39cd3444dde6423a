import type { LoginAnswer } from '../../shared/domain/index.ts';
import { signInLocally } from './local-sign-in.ts';
import { startPipeline, type RunningPipeline } from './pipeline.ts';
import { startProgram, type RunningProgram } from './process-group.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { withToken } from './with-token.ts';

export interface DeskOptions {
  /** Flags of `npm start` beyond those the helper sets (`--no-open`, `--data`). */
  readonly args?: readonly string[];
  readonly env?: Record<string, string | undefined>;
  /** A data directory that outlives the desk; without it a fresh one is made and removed by `stop`. */
  readonly data?: string;
  /** Another desk, whose data directory and pipeline this one shares. */
  readonly beside?: RunningDesk;
}

/**
 * A real desk behind its browser door, on loopback. Where RENDERDESK_TEST_DATABASE_ADMIN_URL names a server it works with a
 * pipeline on that server, unless the test gives a data directory; else it starts the embedded one.
 */
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
  /** A user of the sample, signed in at the desk's pipeline. */
  signIn(email: string): Promise<LoginAnswer>;
  stop(): Promise<void>;
}

/** The pipelines of the desks that have one on a server. */
const serverPipelines = new WeakMap<RunningDesk, RunningPipeline>();

/** Starts `main/doors/web` as `npm start -- --web` does and waits for its address. */
export async function startDesk(options: DeskOptions = {}): Promise<RunningDesk> {
  const given = options.data ?? options.beside?.data;
  const own = given === undefined ? await temporaryDirectory() : null;
  const data = given ?? own?.path ?? '';
  const shared = options.beside && serverPipelines.get(options.beside);
  const ownPipeline = own !== null && hasServer() ? await startPipeline() : undefined;
  const pipeline = shared ?? ownPipeline;
  const program = startProgram('main/doors/web/index.ts', {
    args: ['--no-open', '--data', data, ...(pipeline ? elsewhereFlags(options) : (options.args ?? []))],
    env: { ...(pipeline ? await accessTo(pipeline, options.args ?? []) : {}), ...options.env },
  });
  const cleanUp = async (): Promise<void> => {
    await ownPipeline?.stop();
    await own?.remove();
  };
  const match = await program
    .waitFor(/desk listening on (http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)/)
    .catch(async (error: unknown) => {
      await program.kill9Group();
      await cleanUp();
      throw error;
    });
  const [, origin = '', token = ''] = match;
  const desk: RunningDesk = {
    url: `${origin}/?token=${token}`,
    origin,
    token,
    data,
    program,
    request: (path, init = {}) => fetch(origin + path, { ...init, headers: withToken(init, token) }),
    signIn: (email) => (pipeline ? pipeline.signIn(email) : signInLocally(data, email)),
    stop: async () => {
      await program.stop();
      await cleanUp();
    },
  };
  if (pipeline) serverPipelines.set(desk, pipeline);
  return desk;
}

function hasServer(): boolean {
  return (process.env['RENDERDESK_TEST_DATABASE_ADMIN_URL'] ?? '') !== '';
}

/** Flags for a pipeline elsewhere: the token says who it is, and the offline model is not chosen by itself there. */
function elsewhereFlags({ args = [], env = {} }: DeskOptions): string[] {
  const as = args.indexOf('--as');
  const kept = as < 0 ? [...args] : [...args.slice(0, as), ...args.slice(as + 2)];
  const hasModel = kept.includes('--model') || env['AZURE_OPENAI_ENDPOINT'] !== undefined;
  return hasModel ? kept : [...kept, '--model', 'offline'];
}

async function accessTo(pipeline: RunningPipeline, args: readonly string[]): Promise<Record<string, string>> {
  const as = args.indexOf('--as');
  const { token } = await pipeline.signIn(as < 0 ? undefined : args[as + 1]);
  return { RENDERDESK_PIPELINE_URL: pipeline.origin, RENDERDESK_TOKEN: token };
}
