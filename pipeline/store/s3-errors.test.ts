import { createServer, type Server } from 'node:http';
import { randomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { imageKey } from './keys.ts';
import { openS3Store } from './s3-store.ts';
import type { ImageStore } from './store.ts';

interface Scripted {
  status: number;
  code?: string;
  headers?: Record<string, string>;
}

// What Amazon's and MinIO's servers answer and s3rver never does, said by a server of a few lines.
let server: Server;
let store: ImageStore;
let answers: Scripted[];
let asked: number;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'canary-key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'canary-secret');
  [answers, asked] = [[], 0];
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      asked += 1;
      const { status, code, headers = {} } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200 };
      response.writeHead(status, { 'content-type': 'application/xml', ...headers });
      response.end(
        code === undefined ? '' : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  store = await openS3Store({
    kind: 's3',
    bucket: 'images',
    prefix: 'x',
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    pathStyle: true,
  });
});
afterEach(async () => {
  await store.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  [403, 'SignatureDoesNotMatch', 'storage_unavailable', /secret key is wrong/],
  [403, 'AccessDenied', 'storage_unavailable', /may not use it/],
  [400, 'ExpiredToken', 'storage_unavailable', /credentials have expired/],
  [301, 'PermanentRedirect', 'storage_unavailable', /another region/],
  [403, 'RequestTimeTooSkewed', 'storage_unavailable', /clock/],
  [400, 'QuotaExceeded', 'storage_full', /no space left for images/],
  [418, 'SomethingNew', 'storage_unavailable', /answered 418 \(SomethingNew\)/],
])('%i %s is told in a sentence', async (status, code, failureCode, message) => {
  answers = [{ status, code }];
  const answer = await store.check('write');
  expect(answer).toMatchObject({ ok: false, failure: { code: failureCode, message } });
  expect(JSON.stringify(answer)).not.toContain('canary');
});

const image = () => {
  const bytes = randomBytes(100);
  const tenantId = randomUUID();
  return { bytes, key: imageKey({ id: randomUUID(), tenantId }, { bytes, thumbnail: bytes, format: 'png' }) };
};

test('a busy server is asked again', async () => {
  const { key, bytes } = image();
  answers = [{ status: 503, code: 'SlowDown' }, { status: 500, code: 'InternalError' }, { status: 200 }];
  expect(await store.write(key, bytes)).toMatchObject({ ok: true });
  expect(asked).toBe(3);
});

test('other bytes than were sent do not count as kept', async () => {
  const { key, bytes } = image();
  answers = [{ status: 200, headers: { etag: '"00000000000000000000000000000000"' } }];
  expect(await store.write(key, bytes)).toMatchObject({
    ok: false,
    failure: { code: 'storage_unavailable', message: /other bytes/ },
  });
});

test('a bucket without credentials says how to give them', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
  expect(await store.check('write')).toMatchObject({
    ok: false,
    failure: { message: /no credentials; set AWS_ACCESS/ },
  });
});
