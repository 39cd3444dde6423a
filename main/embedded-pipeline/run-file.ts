import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const runFileSchema = z.object({
  pid: z.number().int().positive(),
  started_at: z.string(),
  port: z.number().int().min(1).max(65_535),
  secret: z.string().min(1),
});
/** `DATA/run.json`: the pipeline that owns a data directory. The secret signs in who could read the file. */
export type RunFile = z.infer<typeof runFileSchema>;

/** The run file of a data directory, null where there is none to be read. */
export async function readRunFile(dataDir: string): Promise<RunFile | null> {
  try {
    const parsed = runFileSchema.safeParse(JSON.parse(await readFile(join(dataDir, 'run.json'), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Absent or half-written: nobody to attach to; the start that follows says what is wrong with the directory.
    return null;
  }
}
