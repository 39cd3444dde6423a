import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { drawPart } from './drawing.ts';
import { encode } from './encode.ts';
import type { RenderedImage, Renderer, RenderOptions, RenderRequest } from './renderer.ts';

/** From this many samples per pixel on the picture is rasterised at twice the size and scaled down. */
const SUPERSAMPLE_FROM = 129;
/** Pictures with more pixels than this are sharp enough, and twice the size would take too much memory. */
const SUPERSAMPLE_MAX_PIXELS = 1280 * 1280;

function supersamples({ samples, width, height }: RenderRequest['settings']): boolean {
  return samples >= SUPERSAMPLE_FROM && width * height <= SUPERSAMPLE_MAX_PIXELS;
}

function stopped(): Result<never> {
  return fail('interrupted', 'The render was stopped before it was finished.');
}

/** The encoded picture, or null as soon as the signal says stop. The encoder itself can't be stopped; it ends unheard. */
async function encodeUnlessStopped(
  svg: string,
  settings: RenderRequest['settings'],
  signal: AbortSignal | undefined,
): Promise<Buffer | null> {
  if (!signal) return encode(svg, settings, supersamples(settings));
  const told = Promise.withResolvers<null>();
  const tell = (): void => {
    told.resolve(null);
  };
  signal.addEventListener('abort', tell, { once: true });
  try {
    return signal.aborted ? null : await Promise.race([encode(svg, settings, supersamples(settings)), told.promise]);
  } finally {
    signal.removeEventListener('abort', tell);
  }
}

/**
 * Draws a parametric part and encodes it. Fails as a value: `part_not_drawable` (its dimensions), `unmapped_material`
 * (a drawn part without a material), `interrupted` (the signal, at once).
 */
export async function renderPart(request: RenderRequest, options: RenderOptions = {}): Promise<Result<RenderedImage>> {
  const { signal, onProgress } = options;
  const started = performance.now();
  if (signal?.aborted) return stopped();
  onProgress?.(0.05);
  const { settings } = request;
  const drawing = drawPart(request);
  if (!drawing.ok) return drawing;
  onProgress?.(0.3);
  const svg = drawing.value.toSvg(settings.width, settings.height);
  const bytes = await encodeUnlessStopped(svg, settings, signal);
  if (bytes === null) return stopped();
  onProgress?.(1);
  const { format, width, height } = settings;
  return ok({ bytes, format, width, height, duration_ms: Math.round(performance.now() - started) });
}

/** The renderer that is always there. */
export const builtInRenderer: Renderer = { name: 'built-in', render: renderPart };
