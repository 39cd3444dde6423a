/** Where image bytes are kept. Keys are paths of our own making: `<tenant>/<ab>/<render>-<hash>.<format>`. */
export interface ImageStore {
  /** Keeps the bytes; once it returns they survive a crash. The same key again changes nothing but the bytes. */
  write(key: string, bytes: Buffer): Promise<void>;
  /** null: there are no bytes under this key. */
  read(key: string): Promise<Buffer | null>;
}

/** Key of the thumbnail that belongs to an image. */
export function thumbnailKey(imageKey: string): string {
  return `${imageKey}.thumbnail.webp`;
}
