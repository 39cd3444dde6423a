import type {
  DeskPush,
  DeskState,
  OperationAnswers,
  OperationName,
  ProductListAnswer,
  SendRequest,
  TurnEvent,
  TurnOutcome,
} from '../shared/contract/index.ts';
import type { Result } from '../shared/errors/index.ts';
import type { ShellStack } from './network/index.ts';
import type { LaunchOptions, LaunchService, RunningService, ServiceName } from './embedded-pipeline/index.ts';

/** What a door was asked to start: the flags of DESIGN.md 4.1 and where things are. */
export interface DeskConfig {
  door: 'electron' | 'web' | 'terminal';
  /** Data directory of the embedded pipeline and of the desk's own files. */
  dataDir: string;
  /** `--pipeline` or RENDERDESK_PIPELINE_URL; undefined: the embedded pipeline. */
  pipelineUrl?: string | undefined;
  /** RENDERDESK_TOKEN; undefined: sign-in, or on the sample the first tenant's operator. */
  token?: string | undefined;
  /** `--as EMAIL`, on the embedded sample only. */
  as?: string | undefined;
  approve: 'ask' | 'auto' | 'deny';
  model: 'auto' | 'azure' | 'offline' | 'none';
  /** Environment that model endpoint and keys may come from. */
  env: Readonly<Record<string, string | undefined>>;
  /** The quick command's global shortcut and whether the desktop gave it to us; undefined: a door without one. */
  quickCommand?: DeskState['quick_command'] | undefined;
  /** The shell's own network stack; undefined: Node's. */
  stack?: ShellStack | undefined;
  /** Starts one of our own programs as a child process; Electron's shell brings another way than plain Node. */
  launch: LaunchService;
  /** One line of the desk's own doings; never holds a secret. */
  log: (line: string) => void;
}

export type { LaunchOptions, LaunchService, RunningService, ServiceName };

/** An image on its way from the pipeline to a window. */
export interface Media {
  bytes: Uint8Array;
  contentType: string;
  etag: string | null;
}

export interface SendOptions {
  onEvent?: (event: TurnEvent) => void;
}

/** The desk: the same for all doors. Requests are checked inside, so a door passes on what it was given. */
export interface Desk {
  call<K extends OperationName>(name: K, request: unknown): Promise<Result<OperationAnswers[K]>>;
  /** `call('chat.send')` with the turn's events as they come. */
  send(request: SendRequest, options: SendOptions): Promise<Result<TurnOutcome>>;
  uploadProductList(name: string, bytes: Uint8Array): Promise<Result<ProductListAnswer>>;
  media(renderId: string, variant: 'image' | 'thumbnail'): Promise<Result<Media>>;
  onPush(listener: (push: DeskPush) => void): () => void;
  /** Ends live turns (they are marked interrupted), lets go of services and closes connections. */
  stop(): Promise<void>;
}
