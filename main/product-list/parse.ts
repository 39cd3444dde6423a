import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { Column } from './columns.ts';
import type { ParseAnswer } from './parse-worker.ts';

const PATIENCE_MS = 60_000;
/** A small workbook can unpack to gigabytes. */
const MEMORY_MB = 768;

/** The columns of a dropped file that may hold references, read in a worker with bounded time and memory. */
export async function parseList(bytes: Uint8Array): Promise<Result<Column[]>> {
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const { promise, resolve } = Promise.withResolvers<ParseAnswer>();
  const timer = setTimeout(() => resolve(null), PATIENCE_MS);
  worker.on('message', resolve);
  worker.on('error', () => resolve(null));
  worker.on('exit', () => resolve(null));
  const answer = await promise;
  clearTimeout(timer);
  await worker.terminate();
  const filled = answer?.columns.filter((column) => column.values.length > 0) ?? [];
  return filled.length > 0 ? ok(filled) : fail('file_unreadable');
}
