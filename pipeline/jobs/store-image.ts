import { createHash } from 'node:crypto';
import type { RenderRow } from '../domain/renders/index.ts';
import { makeThumbnail, type RenderedImage } from '../render/index.ts';
import { thumbnailKey, type ImageStore } from '../store/index.ts';

/** Longer side of a thumbnail, pixels. */
const THUMBNAIL = 320;

/**
 * Keeps an image and its thumbnail. The key holds a hash of the bytes, so that a second attempt never overwrites what
 * the first one published. Returns the key.
 */
export async function storeImage(store: ImageStore, render: RenderRow, image: RenderedImage): Promise<string> {
  const hash = createHash('sha256').update(image.bytes).digest('hex').slice(0, 16);
  const key = `${render.tenantId}/${render.id.slice(0, 2)}/${render.id}-${hash}.${image.format}`;
  await store.write(key, image.bytes);
  await store.write(thumbnailKey(key), await makeThumbnail(image.bytes, THUMBNAIL));
  return key;
}
