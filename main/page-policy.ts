import { randomBytes } from 'node:crypto';
import { STYLE_NONCE_META } from '../shared/contract/index.ts';

/** A nonce for one load of the page. */
export function newStyleNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The content security policy of the page, the same behind every door: nothing from elsewhere, no inline script, no
 * inline style but those with this load's nonce. It goes out as a header, so that the page can't be without it.
 */
export function contentSecurityPolicy(styleNonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Headers that go with everything a door serves to the page. */
export const PAGE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** The page with the nonce where its scripts find it (see STYLE_NONCE_META). */
export function withStyleNonce(html: string, nonce: string): string {
  if (!html.includes('<head>')) throw new Error('The page has no <head>: was it built?');
  return html.replace('<head>', `<head>\n    <meta property="${STYLE_NONCE_META}" nonce="${nonce}" />`);
}
