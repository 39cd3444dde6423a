import type { Bridge } from '../../shared/contract/index.ts';
import { createHttpBridge } from './http-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    renderdesk?: Bridge;
  }
}

/** The way to the desk: the preload script's bridge in Electron, HTTP and a WebSocket at the browser door. */
export function openBridge(): Bridge {
  return window.renderdesk ?? createHttpBridge(window.location);
}
