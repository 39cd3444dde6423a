import type { Desk } from '../desk-types.ts';
import { pushToWindows } from '../doors/ipc/index.ts';
import { notifyOfApprovals } from './approval-notifications.ts';
import { watchDeskCounts } from './desk-counts.ts';
import type { MainWindow } from './main-window.ts';
import type { ShellTray } from './tray.ts';
import type { WindowRegistry } from './window-registry.ts';

export interface DeskSurroundings {
  windows: WindowRegistry;
  mainWindow: MainWindow;
  tray: ShellTray | null;
  log: (line: string) => void;
}

/** Lets windows, tray and notifications hear of everything the desk tells, from when it has started. */
export function attachDesk(desk: Desk, { windows, mainWindow, tray, log }: DeskSurroundings): void {
  desk.onPush((push) => {
    // "Show it in the app" means the main window, even where the quick command asked for it.
    if (push.type === 'navigate') mainWindow.show(push);
    else pushToWindows(windows.all(), push);
  });
  if (tray) watchDeskCounts(desk, tray.show);
  notifyOfApprovals({
    desk,
    anyFocused: windows.anyFocused,
    openChat: (sessionId) => mainWindow.show({ type: 'chat.show', session_id: sessionId, toggle: false }),
    actions: process.platform === 'darwin',
    log,
  });
}
