import type { Logger } from 'pino';

/** What a sub-command of `npm run pipeline` works with. */
export interface CommandTools {
  log: Logger;
  /** One line for whoever typed the command, on stdout. */
  print: (line: string) => void;
  /** A prompt, on stderr, so that stdout holds the result alone. */
  say: (text: string) => void;
}

/** A sub-command of `npm run pipeline`; its work is loaded only when it is called. */
export interface Command {
  /** How it is called. */
  usage: string;
  /** What it does, in a line of the help text. */
  summary: string;
  /** Throws UsageError or FailureError with a sentence for whoever typed it. */
  load: () => Promise<(args: readonly string[], tools: CommandTools) => Promise<void>>;
}
