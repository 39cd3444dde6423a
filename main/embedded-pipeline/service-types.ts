/** A program of ours that runs beside the desk. */
export type ServiceName = 'pipeline' | 'offline-model';

/**
 * Starts a service and resolves with the first line it prints on stdout (its address). Its further output goes to
 * `logFile`. The child's stdin stays open as long as this process lives: its end tells the child that the desk is gone.
 */
export type LaunchService = (
  service: ServiceName,
  args: readonly string[],
  options: LaunchOptions,
) => Promise<RunningService>;

export interface LaunchOptions {
  logFile: string;
  env?: Readonly<Record<string, string>>;
  /** Give up after this many milliseconds without the first line. */
  timeoutMs: number;
}

export interface RunningService {
  pid: number;
  firstLine: string;
  /** Lets go of the child: it goes on until it has nothing left to do. */
  release(): void;
  /** Asks it to stop and waits for its end. */
  stop(): Promise<void>;
  exited: Promise<number | null>;
}
