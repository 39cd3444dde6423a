import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { RECORDS } from './run.ts';

/**
 * Around each test file: every request to a model and every answer of one, in this process and in what it starts, is held
 * against the published schemas once the tests of the file are through. The hook is the first one, so it runs last.
 */
const base = process.env[RECORDS];
if (base !== undefined) {
  const directory = join(base, randomUUID());
  process.env[RECORDS] = directory;
  await import('./recorder.ts');
  afterAll(async () => {
    // The ends of connections that the tests closed last are still to be told.
    await setTimeout(10);
    process.env[RECORDS] = base;
    const { complaintOf, judgeDirectory } = await import('./run.ts');
    const complaint = complaintOf(judgeDirectory(directory));
    if (complaint !== null) throw new Error(complaint);
  });
}
