import { parentPort, workerData } from 'node:worker_threads';
import { candidateColumns, type Column } from './columns.ts';
import { readRows } from './read-rows.ts';

/** What the worker answers; `null`: this is no list that can be read. */
export type ParseAnswer = { columns: Column[] } | null;

/* Reads a dropped file beside the main thread: a large or hostile one must not stop the desk. */
async function parse(bytes: Uint8Array): Promise<ParseAnswer> {
  try {
    return { columns: candidateColumns(await readRows(bytes)) };
  } catch {
    // Damaged or no workbook at all; the person is told that the file can't be read.
    return null;
  }
}

parentPort?.postMessage(await parse(workerData as Uint8Array));
