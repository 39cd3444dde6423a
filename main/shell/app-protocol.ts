import { protocol } from 'electron';
import { statusOf, type Result } from '../../shared/errors/index.ts';
import { APP_SCHEME, isAppUrl } from '../doors/ipc/index.ts';
import type { Media } from '../desk-types.ts';
import { contentSecurityPolicy, newStyleNonce, PAGE_HEADERS, withStyleNonce } from '../page-policy.ts';
import { readRendererFile } from './renderer-files.ts';

/** Images come through the desk under the same addresses as on the browser door. */
const MEDIA_PATH = /^\/media\/renders\/([0-9a-f-]{36})\/(image|thumbnail)$/;
/** A pipeline may send any content type; only pictures are passed on, so that no page of its can run on our origin. */
const PICTURE_TYPES = new Set(['image/webp', 'image/png', 'image/jpeg', 'image/avif']);

export interface AppContent {
  /** Directory of the built page. */
  root: string;
  media: (renderId: string, variant: 'image' | 'thumbnail') => Promise<Result<Media>>;
  log: (line: string) => void;
}

/** Makes `renderdesk://` a proper origin. To be called once, before Electron is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the page and the images of renders under `renderdesk://app/` to the default session. */
export function serveAppProtocol(content: AppContent): void {
  protocol.handle(APP_SCHEME, async (request) => {
    try {
      return await respond(content, request);
    } catch (error) {
      content.log(`serving ${request.url} failed: ${error instanceof Error ? error.message : String(error)}`);
      return empty(500);
    }
  });
}

async function respond(content: AppContent, request: Request): Promise<Response> {
  if (!isAppUrl(request.url)) return empty(404);
  if (request.method !== 'GET') return empty(405);
  const path = new URL(request.url).pathname;
  const media = MEDIA_PATH.exec(path);
  if (media?.[1]) return picture(await content.media(media[1], media[2] === 'image' ? 'image' : 'thumbnail'));
  const file = await readRendererFile(content.root, path);
  if (!file) return empty(404);
  const nonce = newStyleNonce();
  const isPage = file.contentType.startsWith('text/html');
  const body = isPage ? withStyleNonce(new TextDecoder().decode(file.bytes), nonce) : Buffer.from(file.bytes);
  return new Response(body, {
    headers: {
      ...PAGE_HEADERS,
      'Content-Type': file.contentType,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      // The page carries this load's nonce; its assets are named by their content's hash.
      'Cache-Control': isPage ? 'no-store' : 'max-age=31536000, immutable',
    },
  });
}

function picture(media: Result<Media>): Response {
  if (!media.ok) return empty(statusOf(media.failure.code));
  const { bytes, contentType, etag } = media.value;
  if (!PICTURE_TYPES.has(contentType)) return empty(415);
  return new Response(Buffer.from(bytes), {
    headers: {
      ...PAGE_HEADERS,
      'Content-Type': contentType,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      ...(etag === null ? {} : { ETag: etag }),
    },
  });
}

function empty(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS });
}
