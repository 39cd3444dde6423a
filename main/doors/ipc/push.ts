import type { BrowserWindow } from 'electron';
import { IPC_CHANNELS, type DeskPush } from '../../../shared/contract/index.ts';

/** What a push needs of a window. */
export interface PushTarget {
  isDestroyed(): boolean;
  readonly webContents: Pick<BrowserWindow['webContents'], 'send'>;
}

/** Tells windows something unasked; the only place that sends to them, and it sends only what the contract names. */
export function pushToWindows(windows: Iterable<PushTarget>, push: DeskPush): void {
  for (const window of windows) {
    if (!window.isDestroyed()) window.webContents.send(IPC_CHANNELS.push, push);
  }
}
