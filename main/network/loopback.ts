/** Is this host name the machine itself? Numbers and `localhost` only: a name could be made to point anywhere. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|\[?::1\]?)$/.test(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname);
}
