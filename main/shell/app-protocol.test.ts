import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/errors/index.ts';
import type { Media } from '../desk-types.ts';
import { registerAppScheme, serveAppProtocol } from './app-protocol.ts';
import { readRendererFile } from './renderer-files.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const RENDER = '0190c2f0-0000-7000-8000-000000000001';
const media = vi.fn(async () => ok<Media>({ bytes: new Uint8Array([1, 2]), contentType: 'image/webp', etag: '"e"' }));

let directory: string;
let root: string;
const get = async (address: string, init?: RequestInit) => {
  const handler = electron.protocol.handlers.get('renderdesk');
  if (!handler) throw new Error('nothing is served');
  return await handler(new Request(address, init));
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'app-protocol-'));
  root = join(directory, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(directory, 'secret.js'), 'secret');
  await writeFile(join(root, 'index.html'), '<!doctype html><html><head><title>t</title></head></html>');
  await writeFile(join(root, 'assets/index.js'), 'export {};');
  await writeFile(join(root, 'assets/notes.txt'), 'not part of a page');
  await symlink(join(directory, 'secret.js'), join(root, 'assets/link.js'));
  serveAppProtocol({ root, media, log: () => undefined });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the scheme', () => {
  it('is standard and secure, and bypasses no policy', () => {
    registerAppScheme();
    expect(electron.protocol.schemes).toEqual([
      { scheme: 'renderdesk', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });
});

describe('the page', () => {
  it('comes with a strict policy whose nonce is new on each load and in the page', async () => {
    const [first, second] = [await get('renderdesk://app/index.html'), await get('renderdesk://app/')];
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(await first.text()).toContain(`<meta property="csp-nonce" nonce="${nonce}"`);
    expect(second.headers.get('content-security-policy')).not.toBe(policy);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  it('serves its assets with their type, and the policy with each of them', async () => {
    const script = await get('renderdesk://app/assets/index.js');
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    expect(script.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each([
    'renderdesk://app/missing.js',
    'renderdesk://app/assets/notes.txt',
    'renderdesk://app/assets/link.js',
    'renderdesk://app/assets',
    'renderdesk://other/index.html',
    'renderdesk://app/%zz.js',
  ])('has nothing at %s', async (address) => {
    expect((await get(address)).status).toBe(404);
  });

  it('answers GET only', async () => {
    expect((await get('renderdesk://app/index.html', { method: 'POST' })).status).toBe(405);
  });
});

describe('a path', () => {
  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/%2E%2E%2Fsecret.js',
    '/..%5csecret.js',
    '/%252e%252e/secret.js',
    '//secret.js',
    '/C:/secret.js',
    '/assets/index.js%00.html',
    'secret.js',
  ])('does not leave the page: %s', async (path) => {
    expect(await readRendererFile(root, path)).toBeNull();
  });

  it('does not reach an absolute file', async () => {
    expect(await readRendererFile(root, join(directory, 'secret.js'))).toBeNull();
  });
});

describe('images of renders', () => {
  it('come through the desk', async () => {
    const image = await get(`renderdesk://app/media/renders/${RENDER}/thumbnail`);
    expect(media).toHaveBeenLastCalledWith(RENDER, 'thumbnail');
    expect([...new Uint8Array(await image.arrayBuffer())]).toEqual([1, 2]);
    expect(image.headers.get('content-type')).toBe('image/webp');
    expect(image.headers.get('etag')).toBe('"e"');
  });

  it('are never anything but pictures', async () => {
    media.mockResolvedValueOnce(ok({ bytes: new Uint8Array(), contentType: 'text/html', etag: null }));
    expect((await get(`renderdesk://app/media/renders/${RENDER}/image`)).status).toBe(415);
  });

  it('tell a failure by its status', async () => {
    media.mockResolvedValueOnce(fail('image_not_ready'));
    expect((await get(`renderdesk://app/media/renders/${RENDER}/image`)).status).toBe(404);
    media.mockRejectedValueOnce(new Error('a bug'));
    expect((await get(`renderdesk://app/media/renders/${RENDER}/image`)).status).toBe(500);
  });

  it('are asked for by id only', async () => {
    media.mockClear();
    expect((await get('renderdesk://app/media/renders/..%2f..%2fme/image')).status).toBe(404);
    expect((await get(`renderdesk://app/media/renders/${RENDER}/log`)).status).toBe(404);
    expect(media).not.toHaveBeenCalled();
  });
});
