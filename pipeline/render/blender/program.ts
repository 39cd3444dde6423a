import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { access, constants } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';

const run = promisify(execFile);

/** Oldest version whose Python API `scene.py` speaks. */
const OLDEST = { major: 3, minor: 4 } as const;
const ASK_MS = 30_000;

/** A Blender that can render here. */
export interface BlenderProgram {
  readonly file: string;
  /** As it says itself: `3.4.1`. */
  readonly version: string;
}

/**
 * Finds Blender: the file that RENDERDESK_BLENDER names, else `blender` on the PATH. Fails with `renderer_missing` and
 * what to do where there is none, it does not start, or it is older than 3.4.
 */
export async function findBlender(env: NodeJS.ProcessEnv = process.env): Promise<Result<BlenderProgram>> {
  const named = env['RENDERDESK_BLENDER'];
  const file = named ?? (await onPath(env['PATH'] ?? ''));
  if (file === undefined) {
    return fail('renderer_missing', 'Blender was not found. Install it, or set RENDERDESK_BLENDER to its program.');
  }
  const said = await versionOf(file);
  if (said === null)
    return fail('renderer_missing', `${file} does not answer as Blender does. Check RENDERDESK_BLENDER.`);
  const [major = 0, minor = 0] = said.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return ok({ file, version: said });
  return fail('renderer_missing', `Blender ${said} is too old; ${OLDEST.major}.${OLDEST.minor} or later is needed.`);
}

async function onPath(searched: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'blender.exe' : 'blender';
  for (const directory of searched.split(path.delimiter).filter(path.isAbsolute)) {
    const file = path.join(directory, name);
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return file;
  }
  return undefined;
}

async function versionOf(file: string): Promise<string | null> {
  try {
    const { stdout } = await run(file, ['--background', '--factory-startup', '--version'], { timeout: ASK_MS });
    return /^Blender (\d+\.\d+(\.\d+)?)/m.exec(stdout)?.[1] ?? null;
  } catch {
    // Not there, not allowed, or not a program: the caller says which file it was.
    return null;
  }
}
