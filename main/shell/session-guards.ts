import type { Session } from 'electron';
import { APP_ORIGIN, isAppUrl } from '../doors/ipc/index.ts';

/** All a page of ours may ask for: putting text on the clipboard by a click ("copy order number"). */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** What a page of ours may save as a file: a conversation that it made one of. */
const OWN_FILES = ['text/markdown', 'application/json'];

/**
 * Takes everything from a session that the windows don't need: permissions, devices, downloads, the network. What is left is our
 * own origin; DevTools' own pages only where `devTools` says so.
 */
export function guardSession(session: Session, options: { devTools: boolean; log: (line: string) => void }): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const granted = permission === ALLOWED_PERMISSION && isAppUrl(details.requestingUrl);
    if (!granted) options.log(`refused the permission ${permission}`);
    callback(granted);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === ALLOWED_PERMISSION && isAppUrl(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // The shell asks where to put it.
    if (item.getURL().startsWith(`blob:${APP_ORIGIN}/`) && OWN_FILES.includes(item.getMimeType())) return;
    options.log('refused a download');
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, callback) => {
    const allowed = isOwnRequest(url) || (options.devTools && url.startsWith('devtools://'));
    if (!allowed) options.log(`blocked a request to ${originOf(url)}`);
    callback({ cancel: !allowed });
  });
}

/** Our origin, and what a page makes inside itself. */
function isOwnRequest(url: string): boolean {
  return isAppUrl(url) || url.startsWith(`blob:${APP_ORIGIN}/`) || url.startsWith('data:image/');
}

/** Enough to find the culprit; a full address may carry what it was to carry away. */
function originOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.protocol}//${parsed.host}` : 'an unreadable address';
}
