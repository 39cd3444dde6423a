export { cleanStore } from './clean.ts';
export { imageKey, readKey, thumbnailKey } from './keys.ts';
export { readLocation, type StoreLocation } from './location.ts';
export { openStore } from './open.ts';
export { writeImage } from './postgres-store.ts';
export type { ImageStore, StoredImage } from './store.ts';
