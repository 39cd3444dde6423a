export { imageKey, readKey, thumbnailKey } from './keys.ts';
export { LOCATION_USAGE, readLocation, type StoreLocation } from './location.ts';
export { openStore } from './open.ts';
export type { ImageStore, StoredImage } from './store.ts';
