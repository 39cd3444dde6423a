import { createHash } from 'node:crypto';

/** Digits of the hashes in a key: 64 bits, to notice damage, not attacks. */
const DIGITS = 16;
const THUMBNAIL = '.thumbnail.webp';
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Images written before thumbnails were hashed have one hash. */
const KEY = new RegExp(
  `^(?<tenant>${UUID})/[0-9a-f]{2}/(?<render>${UUID})-(?<image>[0-9a-f]{16})(?:-(?<thumbnail>[0-9a-f]{16}))?\\.[a-z]{3,4}(?<small>\\.thumbnail\\.webp)?$`,
);

/** What a key says of its image. */
export interface KeyParts {
  tenantId: string;
  renderId: string;
  /** First digits of the SHA-256 of its bytes; null where the key is too old to hold it. */
  hash: string | null;
  /** The key of the image itself, of which this may be the thumbnail. */
  imageKey: string;
}

/** The key of a render's image: `<tenant>/<ab>/<render>-<hash>-<hash of the thumbnail>.<format>`. */
export function imageKey(
  render: { id: string; tenantId: string },
  image: { bytes: Buffer; thumbnail: Buffer; format: string },
): string {
  const hashes = `${hashOf(image.bytes)}-${hashOf(image.thumbnail)}`;
  return `${render.tenantId}/${render.id.slice(0, 2)}/${render.id}-${hashes}.${image.format}`;
}

/** Key of the thumbnail that belongs to an image. */
export function thumbnailKey(key: string): string {
  return `${key}${THUMBNAIL}`;
}

/** Reads a key; null where it is none. */
export function readKey(key: string): KeyParts | null {
  const parts = KEY.exec(key)?.groups;
  if (parts === undefined) return null;
  const isThumbnail = parts['small'] !== undefined;
  return {
    tenantId: parts['tenant'] ?? '',
    renderId: parts['render'] ?? '',
    hash: (isThumbnail ? parts['thumbnail'] : parts['image']) ?? null,
    imageKey: isThumbnail ? key.slice(0, -THUMBNAIL.length) : key,
  };
}

/** Reads a key that must be one. */
export function partsOf(key: string): KeyParts {
  const parts = readKey(key);
  if (parts === null) throw new Error(`Not a key of an image: ${key}`);
  return parts;
}

/** Are these the bytes that the key names? */
export function areBytesOf(key: string, bytes: Buffer): boolean {
  const { hash } = partsOf(key);
  return hash === null || hash === hashOf(bytes);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, DIGITS);
}
