/** Is this host name the machine itself? Numbers and `localhost` only: a name could be made to point anywhere. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|\[?::1\]?)$/.test(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A host as a connection is opened to it: an IPv6 address without the brackets that it has in an address. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** A host as it stands in an address. */
export function inBrackets(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
