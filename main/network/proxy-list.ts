/**
 * The first entry of a proxy list that can be used, as PAC files and Electron's `resolveProxy` write it:
 * `PROXY a:8080; HTTPS b:443; DIRECT`. null: no proxy. A SOCKS proxy cannot be used for the event stream.
 */
export function proxyInList(list: string): URL | null {
  for (const entry of list.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }[kind.toUpperCase()];
    const url = scheme === undefined ? null : URL.parse(`${scheme}://${address}`);
    if (url && url.hostname !== '') return url;
  }
  return null;
}
