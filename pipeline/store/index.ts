export { openDirectoryStore } from './directory-store.ts';
export { thumbnailKey, type ImageStore } from './store.ts';
