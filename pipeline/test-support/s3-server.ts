import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import S3rver from 's3rver';

/** s3rver knows this one access key and its secret. */
export const S3_CREDENTIALS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** A server on loopback that speaks S3. */
export interface S3Server {
  /** `--files` for a prefix of its bucket. */
  files(prefix: string, bucket?: string): string;
  /** Where the bucket's objects lie as files. */
  directory: string;
  stop(): Promise<void>;
}

/** Starts s3rver with the bucket `images`. */
export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'rd-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'images' }],
  });
  const { port } = await server.run();
  return {
    directory,
    files: (prefix, bucket = 'images') =>
      `s3://${bucket}/${prefix}?region=eu-central-1&endpoint=http://127.0.0.1:${port}&path_style=true`,
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
