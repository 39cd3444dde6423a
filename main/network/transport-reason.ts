/** Why no answer came, as far as the network says. */
export type TransportReason =
  | 'dns'
  | 'refused'
  | 'connect_timeout'
  | 'reset'
  | 'certificate_authority'
  | 'certificate_name'
  | 'certificate_date'
  | 'tls'
  | 'proxy'
  | 'proxy_auth'
  | 'redirect'
  | 'offline'
  | 'unknown';

/** Codes of Node, of undici and of Chromium, and undici's sentences where it has no code; the first match counts. */
const SIGNS: readonly (readonly [RegExp, TransportReason])[] = [
  [/\b407\b|PROXY_AUTH/, 'proxy_auth'],
  [/Proxy response|PROXY_CONNECTION|TUNNEL_CONNECTION|ERR_PROXY|proxy tunnel|MANDATORY_PROXY/i, 'proxy'],
  [/unexpected redirect|redirect policy|Redirect was cancelled|UNSAFE_REDIRECT/i, 'redirect'],
  [/ENOTFOUND|EAI_AGAIN|EAI_FAIL|NAME_NOT_RESOLVED|NAME_RESOLUTION/, 'dns'],
  [/ALTNAME|CERT_COMMON_NAME/, 'certificate_name'],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|CERT_DATE/, 'certificate_date'],
  [
    /SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY_LEAF|CERT_UNTRUSTED|CERT_AUTHORITY|CERT_SIGNATURE|CERT_REVOKED|CERT_INVALID/,
    'certificate_authority',
  ],
  [/ERR_SSL|EPROTO|SSL_PROTOCOL|wrong version number|before secure TLS/i, 'tls'],
  [/ECONNREFUSED|CONNECTION_REFUSED/, 'refused'],
  [/CONNECT_TIMEOUT|ETIMEDOUT|CONNECTION_TIMED_OUT|HEADERS_TIMEOUT/, 'connect_timeout'],
  [/ENETUNREACH|EHOSTUNREACH|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|NETWORK_CHANGED/, 'offline'],
  [/ECONNRESET|EPIPE|UND_ERR_SOCKET|CONNECTION_RESET|CONNECTION_CLOSED|EMPTY_RESPONSE|other side closed/i, 'reset'],
];

/** The reason among the codes and sentences of an error and its causes, the innermost cause first. */
export function transportReason(causes: readonly string[]): TransportReason {
  for (const text of causes.toReversed()) {
    const reason = SIGNS.find(([sign]) => sign.test(text))?.[1];
    if (reason !== undefined) return reason;
  }
  return 'unknown';
}

/** What a person can do about it. `who` is what was not reached: "The model endpoint". */
export function transportSentence(reason: TransportReason, who: string): string {
  switch (reason) {
    case 'dns':
      return `${who} cannot be found: no such name in this network. Check the address, the network and the VPN.`;
    case 'refused':
      return `${who} cannot be reached: nothing listens at this address. Check the address and its port.`;
    case 'connect_timeout':
      return `${who} cannot be reached: nothing answers at this address. Check the network, the VPN and the firewall.`;
    case 'reset':
      return `${who} cannot be reached: the connection was cut. Check the network and try again.`;
    case 'certificate_authority':
      return `${who} cannot be trusted: its certificate is from an authority this machine does not know. If your company inspects traffic, give its certificate with RENDERDESK_CA_FILE.`;
    case 'certificate_name':
      return `${who} cannot be trusted: its certificate is for another name. Check the address.`;
    case 'certificate_date':
      return `${who} cannot be trusted: its certificate is out of date. Check this machine's clock, else tell who runs it.`;
    case 'tls':
      return `${who} cannot be reached safely: it does not speak TLS at this port. Check the address and its port.`;
    case 'proxy':
      return `${who} cannot be reached: the proxy does not let it through or does not answer. Check the proxy's address and its rules.`;
    case 'proxy_auth':
      return `${who} cannot be reached: the proxy asks for a user name and password. Give them with the proxy's address.`;
    case 'redirect':
      return `${who} sends us to another address, which is never followed with a key. Enter the final address.`;
    case 'offline':
      return `${who} cannot be reached: this machine has no network. Connect it and try again.`;
    case 'unknown':
      return `${who} cannot be reached. Check network and endpoint.`;
  }
}
