import path from 'node:path';
import { fail, ok, type Result } from '../../shared/errors/index.ts';

/** Where images are to be kept, as `--files` says it. */
export type StoreLocation = { kind: 'directory'; path: string } | { kind: 'postgres' } | S3Location;

/** A bucket of S3 or of a server that speaks like it. Credentials come from the usual AWS chain, never from here. */
export interface S3Location {
  kind: 's3';
  bucket: string;
  /** Without slashes at its ends; empty for the whole bucket. */
  prefix: string;
  region?: string;
  /** Another server than Amazon's. */
  endpoint?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  pathStyle: boolean;
}

/** How a location is written. */
const LOCATION_USAGE = 'DIR | postgres: | s3://bucket/prefix?region=…&endpoint=…&path_style=true';

const S3_PARAMETERS: ReadonlySet<string> = new Set(['region', 'endpoint', 'path_style']);

/** Reads `--files`: a directory, `postgres:` for the pipeline's own database, or `s3://bucket/prefix?…`. */
export function readLocation(text: string): Result<StoreLocation> {
  if (text === 'postgres:') return ok({ kind: 'postgres' });
  if (text.startsWith('s3:')) return readS3(text);
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return wrong(`${text.split(':')[0] ?? ''}: is no place for images`);
  return ok({ kind: 'directory', path: path.resolve(text) });
}

function readS3(text: string): Result<StoreLocation> {
  const url = URL.parse(text);
  if (url === null || !text.startsWith('s3://')) return wrong('this is no address of a bucket');
  if (url.username !== '' || url.password !== '' || url.port !== '' || url.hash !== '') {
    return wrong(
      'keys do not belong in the address; they come from the AWS environment (AWS_ACCESS_KEY_ID, a profile, a role)',
    );
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) return wrong('it names no bucket');
  const unknown = [...url.searchParams.keys()].find((name) => !S3_PARAMETERS.has(name));
  if (unknown !== undefined) return wrong(`${unknown} is not known`);
  const pathStyle = url.searchParams.get('path_style') ?? 'false';
  if (!['true', 'false'].includes(pathStyle)) return wrong('path_style is true or false');
  const endpoint = url.searchParams.get('endpoint');
  if (endpoint !== null && !isSafeEndpoint(endpoint)) {
    return wrong('endpoint must be an https address; plain http is allowed on this machine only');
  }
  const region = url.searchParams.get('region');
  return ok({
    kind: 's3',
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, ''),
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
    pathStyle: pathStyle === 'true',
  });
}

function isSafeEndpoint(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}

function wrong(what: string): Result<never> {
  return fail('bad_request', `--files: ${what}. Give ${LOCATION_USAGE}.`);
}
