export { isLoopback } from './host.ts';
export { createNetwork, directNetwork, type Network, type ShellStack } from './network.ts';
export { readNetworkSettings } from './network-settings.ts';
export { transportReason, transportSentence, type TransportReason } from './transport-reason.ts';
