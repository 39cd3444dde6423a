import { AppStandIn } from './app.ts';
import {
  DialogStandIn,
  GlobalShortcutStandIn,
  MenuStandIn,
  nativeImage,
  nativeTheme,
  NotificationStandIn,
  ScreenStandIn,
  ShellStandIn,
  TrayStandIn,
} from './desktop.ts';
import { IpcMainStandIn, NetworkSessionStandIn, ProtocolStandIn, SessionStandIn } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { WindowStandIn } from './windows.ts';

export { preventable, WebContentsStandIn, type WindowStandIn } from './windows.ts';
export { type MenuStandIn } from './desktop.ts';
export { IpcMainStandIn } from './session.ts';

/**
 * Stands in for the `electron` module where its binary is not: records what the shell asks of it, in order, and emits what
 * Electron would. Its methods are typed by Electron's own declarations, so that a changed signature does not compile.
 * Use: `const electron = await vi.hoisted(async () => (await import('…/tests/helpers/electron/index.ts')).createElectron())`
 * and `vi.mock('electron', () => electron)`.
 */
export function createElectron() {
  const calls: string[] = [];
  const app = new AppStandIn(calls);
  WindowStandIn.calls = calls;
  WindowStandIn.onContents = (contents) => void app.emit('web-contents-created', {}, contents);
  return {
    /** What was asked in an order that matters. */
    calls,
    app,
    BrowserWindow: WindowStandIn,
    dialog: new DialogStandIn(),
    globalShortcut: new GlobalShortcutStandIn(),
    ipcMain: new IpcMainStandIn(calls),
    Menu: MenuStandIn,
    nativeImage,
    nativeTheme,
    Notification: NotificationStandIn,
    protocol: new ProtocolStandIn(calls),
    screen: new ScreenStandIn(),
    session: { defaultSession: new SessionStandIn(calls), fromPartition: () => new NetworkSessionStandIn() },
    shell: new ShellStandIn(),
    Tray: TrayStandIn,
    utilityProcess,
  };
}
