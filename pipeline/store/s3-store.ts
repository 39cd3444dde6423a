import { createHash } from 'node:crypto';
import type * as Sdk from '@aws-sdk/client-s3';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { missing } from './failures.ts';
import { partsOf, readKey } from './keys.ts';
import type { S3Location } from './location.ts';
import { describeS3Error, isMissing } from './s3-errors.ts';
import type { ImageStore, StoredImage } from './store.ts';

/** Written at the start, so that a bucket that cannot be written shows then; it stays as a note of whose prefix this is. */
const NOTE = '.renderdesk';
/** The most keys one DeleteObjects takes. */
const REMOVED_AT_ONCE = 1000;
/** Tries of one request, with growing pauses, where the server is busy or the connection breaks. */
const ATTEMPTS = 5;
const CONNECT_MS = 5000;
const REQUEST_MS = 60_000;

/** Images in a bucket. The SDK is loaded only here: nobody else needs its weight. */
export async function openS3Store(location: S3Location): Promise<ImageStore> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    ...(location.region === undefined ? {} : { region: location.region }),
    ...(location.endpoint === undefined ? {} : { endpoint: location.endpoint }),
    forcePathStyle: location.pathStyle,
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS, throwOnRequestTimeout: true },
    // The bytes are checked by hashes of our own, sent with them and held in the key; older servers know no others.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const bucket = { client, sdk, location };
  return {
    name: `s3://${location.bucket}/${location.prefix}`,
    check: (access) => checkBucket(bucket, access),
    write: (key, bytes) => put(bucket, objectOf(location, key), bytes),
    read: (key) => get(bucket, objectOf(location, key)),
    list: (tenantId) => list(bucket, tenantId),
    remove: (_tenantId, keys) => remove(bucket, keys),
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}

interface Bucket {
  client: Sdk.S3Client;
  sdk: typeof Sdk;
  location: S3Location;
}

async function checkBucket(bucket: Bucket, access: 'read' | 'write'): Promise<Result<null>> {
  const note = inPrefix(bucket.location, NOTE);
  if (access === 'write') return await put(bucket, note, Buffer.from('The images of Renderdesk lie here.\n'));
  const { client, sdk, location } = bucket;
  try {
    await client.send(new sdk.HeadBucketCommand({ Bucket: location.bucket }));
    return ok(null);
  } catch (error) {
    return describeS3Error(location, error);
  }
}

/** The server refuses bytes that arrive other than they were sent, and says what it kept. */
async function put({ client, sdk, location }: Bucket, object: string, bytes: Buffer): Promise<Result<null>> {
  const md5 = createHash('md5').update(bytes);
  const hex = md5.copy().digest('hex');
  try {
    const answer = await client.send(
      new sdk.PutObjectCommand({
        Bucket: location.bucket,
        Key: object,
        Body: bytes,
        ContentLength: bytes.length,
        ContentMD5: md5.digest('base64'),
        ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
      }),
    );
    const tag = answer.ETag?.replaceAll('"', '') ?? '';
    // Under a key of the customer's own (KMS), the tag is no hash of the bytes.
    const isHash = /^[0-9a-f]{32}$/.test(tag) && [undefined, 'AES256'].includes(answer.ServerSideEncryption);
    if (!isHash || tag === hex) return ok(null);
    return fail('storage_unavailable', `The bucket ${location.bucket} kept other bytes than it was sent.`);
  } catch (error) {
    return describeS3Error(location, error);
  }
}

async function get({ client, sdk, location }: Bucket, object: string): Promise<Result<Buffer>> {
  try {
    const answer = await client.send(new sdk.GetObjectCommand({ Bucket: location.bucket, Key: object }));
    return answer.Body === undefined ? missing() : ok(Buffer.from(await answer.Body.transformToByteArray()));
  } catch (error) {
    return isMissing(error) ? missing() : describeS3Error(location, error);
  }
}

async function* list({ client, sdk, location }: Bucket, tenantId: string): AsyncIterable<StoredImage> {
  const prefix = inPrefix(location, `${tenantId}/`);
  const pages = sdk.paginateListObjectsV2({ client }, { Bucket: location.bucket, Prefix: prefix });
  for await (const page of pages) {
    for (const { Key: object = '', Size: bytes = 0, LastModified: at = new Date() } of page.Contents ?? []) {
      const key = object.slice(inPrefix(location, '').length);
      if (readKey(key) !== null) yield { key, bytes, at };
    }
  }
}

async function remove({ client, sdk, location }: Bucket, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += REMOVED_AT_ONCE) {
    const objects = keys.slice(start, start + REMOVED_AT_ONCE).map((key) => ({ Key: objectOf(location, key) }));
    const answer = await client.send(
      new sdk.DeleteObjectsCommand({ Bucket: location.bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    const first = answer.Errors?.[0];
    if (first !== undefined)
      throw new Error(`${first.Key ?? 'An image'} was not deleted: ${first.Code ?? 'no reason'}`);
  }
}

function objectOf(location: S3Location, key: string): string {
  partsOf(key);
  return inPrefix(location, key);
}

function inPrefix({ prefix }: S3Location, name: string): string {
  return prefix === '' ? name : `${prefix}/${name}`;
}
