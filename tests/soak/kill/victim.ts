import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningDesk } from '../../helpers/desk.ts';

/** What is killed first; in the end nothing of the desk is left running. */
export type Victim = 'desk' | 'pipeline' | 'everything';

/** `kill -9` of the desk alone (its pipeline is adopted by the next start), of the pipeline first, or of all at once. */
export async function killPart(desk: RunningDesk, victim: Victim): Promise<void> {
  if (victim === 'desk') {
    process.kill(desk.program.pid, 'SIGKILL');
    await desk.program.ended;
    return;
  }
  if (victim === 'pipeline') {
    const run = JSON.parse(await readFile(join(desk.data, 'run.json'), 'utf8')) as { pid: number };
    process.kill(run.pid, 'SIGKILL');
  }
  await desk.program.kill9Group();
}
