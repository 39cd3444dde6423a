import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fail, failure, FailureError, ok, type Result } from '../../../shared/errors/index.ts';
import { drawGround } from '../drawing.ts';
import { encodePicture } from '../encode.ts';
import type { RenderedImage, Renderer, RenderOptions, RenderRequest } from '../renderer.ts';
import { findBlender, type BlenderProgram } from './program.ts';
import { runBlender } from './run.ts';
import { sceneOf } from './scene.ts';

const SCRIPT = path.join(import.meta.dirname, 'scene.py');

/** Opens the Blender renderer (Cycles on the CPU). Fails with `renderer_missing`. */
export async function openBlender(env: NodeJS.ProcessEnv = process.env): Promise<Result<Renderer>> {
  const found = await findBlender(env);
  if (!found.ok) return found;
  const program = found.value;
  return ok({ name: 'blender', render: (request, options) => renderWith(program, request, options) });
}

async function renderWith(
  program: BlenderProgram,
  request: RenderRequest,
  options: RenderOptions = {},
): Promise<Result<RenderedImage>> {
  const started = performance.now();
  if (options.signal?.aborted) return stopped();
  const scene = sceneOf(request);
  if (!scene.ok) return scene;
  const home = await mkdtemp(path.join(os.tmpdir(), 'renderdesk-blender-'));
  try {
    const files = { scene: path.join(home, 'scene.json'), picture: path.join(home, 'picture.png') };
    await writeFile(files.scene, JSON.stringify(scene.value), { mode: 0o600 });
    options.onLog?.(`Blender ${program.version}, Cycles, ${request.settings.samples} samples`);
    options.onProgress?.(0.05);
    const end = await runBlender({
      file: program.file,
      script: SCRIPT,
      ...files,
      home,
      signal: options.signal,
      onSample: (done, of) => options.onProgress?.(0.1 + (0.8 * done) / Math.max(1, of)),
    });
    if (options.signal?.aborted) return stopped();
    const picture = end.code === 0 ? await readFile(files.picture).catch(() => null) : null;
    if (picture === null) throw crashed(end, home, options);
    const bytes = await encodePicture(picture, drawGround(request), request.settings);
    options.onProgress?.(1);
    const { format, width, height } = request.settings;
    return ok({ bytes, format, width, height, duration_ms: Math.round(performance.now() - started) });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function stopped(): Result<never> {
  return fail('interrupted', 'The render was stopped before it was finished.');
}

/** What Blender complained of goes into the render's log, without paths of this machine. */
function crashed(
  { code, complaints }: Awaited<ReturnType<typeof runBlender>>,
  home: string,
  { onLog }: RenderOptions,
): FailureError {
  for (const line of complaints) onLog?.(line.replaceAll(home, '…').replaceAll(path.dirname(SCRIPT), '…'));
  const how = code === null ? 'was ended by a signal (out of memory?)' : `ended with code ${code}`;
  const message = `Blender ${how} before the image was finished. Its log is in the render's log. Retry the failed renders.`;
  return new FailureError(failure('renderer_crashed', message));
}
