import { unwrap } from '../../shared/errors/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';
import { makeThumbnail, type RenderedImage } from '../render/index.ts';
import { imageKey, thumbnailKey, type ImageStore } from '../store/index.ts';

/** Longer side of a thumbnail, pixels. */
const THUMBNAIL = 320;

/**
 * Keeps an image and its thumbnail. The key holds a hash of the bytes, so that a second attempt never overwrites what
 * the first one published. Returns the key; throws the store's failure, so that the job is handed out again.
 */
export async function storeImage(store: ImageStore, render: RenderRow, image: RenderedImage): Promise<string> {
  const { bytes, format } = image;
  const thumbnail = await makeThumbnail(bytes, THUMBNAIL);
  const key = imageKey(render, { bytes, thumbnail, format });
  unwrap(await store.write(thumbnailKey(key), thumbnail));
  unwrap(await store.write(key, bytes));
  return key;
}
