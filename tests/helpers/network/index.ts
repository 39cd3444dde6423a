export { startConnectProxy, type ConnectProxy } from './connect-proxy.ts';
export { authorityMissing, createAuthority, type TlsAuthority } from './tls-authority.ts';
