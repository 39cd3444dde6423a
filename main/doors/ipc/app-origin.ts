/** Scheme of the window's own pages; registered before Electron is ready, served by `main/shell/app-protocol.ts`. */
export const APP_SCHEME = 'renderdesk';
const APP_HOST = 'app';
/** The one origin that may speak to the desk over IPC. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/**
 * Is this address on our own origin? Scheme, host, port and user info are compared one by one: Node gives `null` as the
 * origin of any scheme it does not know, so `URL.origin` would call two foreign schemes the same.
 */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  return (
    url.protocol === `${APP_SCHEME}:` &&
    url.hostname === APP_HOST &&
    url.port === '' &&
    url.username === '' &&
    url.password === ''
  );
}
