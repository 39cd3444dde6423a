import { z } from 'zod';
import { UsageError } from '../server/arguments.ts';
import { targetShape } from './target.ts';

/** Options of the sub-commands that work on data and images. */
export const filesShape = { ...targetShape, files: z.string().min(1).optional() };

/** The file a sub-command names before its options. */
export function splitFile(args: readonly string[], usage: string): { file: string; rest: readonly string[] } {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-')) throw new UsageError(`Name the file first.\nUsage: ${usage}`);
  return { file, rest };
}

/** Runs work that Ctrl-C or SIGTERM stops in good order; a second one ends the process at once. */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(1);
    stop.abort(new UsageError('Stopped. Nothing was changed.'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
