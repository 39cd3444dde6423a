export { makeThumbnail } from './encode.ts';
export type { PartMaterial, RenderedImage, Renderer, RenderOptions, RenderRequest } from './renderer.ts';
export { openRenderer, RENDERER_NAMES, type RendererName } from './renderers.ts';
