import type { Result } from '../../shared/errors/index.ts';
import { ok } from '../../shared/errors/index.ts';
import type { Renderer } from './renderer.ts';

/**
 * Every renderer by the name that `--renderer` takes. Each opens itself: finds its program, checks its version, and says
 * in a sentence what is missing. To add one, write its file and put its line here (docs/writing-a-renderer.md).
 */
const RENDERERS = {
  'built-in': async () => ok((await import('./built-in.ts')).builtInRenderer),
  blender: async () => await (await import('./blender/index.ts')).openBlender(),
} as const satisfies Record<string, () => Promise<Result<Renderer>>>;

export type RendererName = keyof typeof RENDERERS;

export const RENDERER_NAMES = ['built-in', 'blender'] as const satisfies readonly RendererName[];

/** Opens a renderer, once per process. Fails with `renderer_missing` where it cannot run on this machine. */
export async function openRenderer(name: RendererName): Promise<Result<Renderer>> {
  return await RENDERERS[name]();
}
