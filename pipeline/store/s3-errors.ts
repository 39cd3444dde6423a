import { fail, type Result } from '../../shared/errors/index.ts';
import { noRoom } from './failures.ts';
import type { S3Location } from './location.ts';

/** Is there nothing under that key? */
export function isMissing(error: unknown): boolean {
  return nameOf(error) === 'NoSuchKey';
}

const SENTENCES: Record<string, string> = {
  NoSuchBucket: 'there is no such bucket',
  NotFound: 'there is no such bucket',
  PermanentRedirect: 'the bucket is in another region; give region=…',
  AuthorizationHeaderMalformed: 'the bucket is in another region; give region=…',
  AccessDenied: 'these credentials may not use it',
  Forbidden: 'these credentials may not use it',
  InvalidAccessKeyId: 'the access key is not known',
  SignatureDoesNotMatch: 'the secret key is wrong',
  ExpiredToken: 'the credentials have expired',
  InvalidToken: 'the credentials have expired',
  RequestTimeTooSkewed: 'the clock of this machine is wrong',
  CredentialsProviderError:
    'there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile or a role',
  BadDigest: 'the bytes were damaged on their way',
  SlowDown: 'the server is busy',
  ServiceUnavailable: 'the server is busy',
  InternalError: 'the server reports an error',
};

const SYSTEM: Record<string, string> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name cannot be looked up',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'it does not answer in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted; see NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted; see NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted; see NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

const FULL: ReadonlySet<string> = new Set([
  'QuotaExceeded',
  'InsufficientStorage',
  'XMinioStorageFull',
  'EntityTooLarge',
]);

/** What a bucket has against us, in a sentence without a secret. What S3 never says is a bug and is thrown. */
export function describeS3Error({ bucket, endpoint }: S3Location, error: unknown): Result<never> {
  const name = nameOf(error);
  if (FULL.has(name)) return noRoom(`bucket ${bucket}`);
  const reason =
    SENTENCES[name] ?? SYSTEM[codeOf(error)] ?? (name === 'TimeoutError' ? SYSTEM['ETIMEDOUT'] : undefined);
  const where = `The bucket ${bucket}${endpoint === undefined ? '' : ` at ${endpoint}`} cannot be used`;
  if (reason !== undefined) return fail('storage_unavailable', `${where}: ${reason}.`);
  if (/region is missing/i.test(String(error)))
    return fail('storage_unavailable', `${where}: give region=… or AWS_REGION.`);
  const status = statusOf(error);
  if (status !== undefined)
    return fail('storage_unavailable', `${where}: the server answered ${status}${name === '' ? '' : ` (${name})`}.`);
  throw error;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string' && error.code in SYSTEM) return error.code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find((code) => code !== '') ?? '';
  return codeOf(error.cause);
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
  return httpStatusCode;
}
