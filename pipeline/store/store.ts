import type { Result } from '../../shared/errors/index.ts';

/** An image (or thumbnail) that a store holds. */
export interface StoredImage {
  key: string;
  bytes: number;
  /** When it was written. */
  at: Date;
}

/**
 * Where image bytes are kept. A key is of our own making (`keys.ts`): it starts with its tenant and holds a hash of its
 * bytes, so it names exactly those bytes and no store can hand out others unnoticed.
 */
export interface ImageStore {
  /** What it is, for a log line: never with a secret. */
  readonly name: string;
  /**
   * Looks whether the store can be used, so that a wrong path, bucket or password shows at the start and not in the
   * middle of the first render. Fails with `storage_unavailable` or `storage_full`.
   */
  check(access: 'read' | 'write'): Promise<Result<null>>;
  /** Keeps the bytes; once it succeeds they survive a crash, and where it fails nothing is left under the key. */
  write(key: string, bytes: Buffer): Promise<Result<null>>;
  /** The bytes, whole and as they were written. Fails with `image_lost` where they are missing or damaged. */
  read(key: string): Promise<Result<Buffer>>;
  /** Everything of one tenant, in no order. */
  list(tenantId: string): AsyncIterable<StoredImage>;
  /** Deletes what is there of these keys of one tenant. */
  remove(tenantId: string, keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
