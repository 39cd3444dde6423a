export { builtInRenderer, renderPart } from './built-in.ts';
export { makeThumbnail } from './encode.ts';
export type { PartMaterial, RenderedImage, Renderer, RenderOptions, RenderRequest } from './renderer.ts';
