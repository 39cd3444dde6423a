import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

/** What the built page consists of; anything else is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

export interface RendererFile {
  bytes: Uint8Array;
  contentType: string;
}

/**
 * One file of the built page by its URL path (`/assets/index.js`), or null where there is none. The path is decoded once,
 * may hold no `..`, backslash, colon or NUL in any spelling, and the file it names must really lie below `root`: a
 * symbolic link out of it is not followed.
 */
export async function readRendererFile(root: string, urlPath: string): Promise<RendererFile | null> {
  const parts = safeParts(urlPath === '/' ? '/index.html' : urlPath);
  const contentType = parts && CONTENT_TYPES[extname(parts.at(-1) ?? '').toLowerCase()];
  if (!parts || !contentType) return null;
  try {
    const [base, file] = await Promise.all([realpath(root), realpath(join(root, ...parts))]);
    return file.startsWith(base + sep) ? { bytes: await readFile(file), contentType } : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function safeParts(urlPath: string): string[] | null {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    // Not valid percent-encoding: no file has such an address.
    return null;
  }
  const parts = path.split('/').slice(1);
  const plain = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0%]/.test(part));
  return path.startsWith('/') && plain ? parts : null;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
