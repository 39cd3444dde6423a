import { createElectron } from './index.ts';

/** The stand-in as a module with Electron's own named exports, for a built application run in plain Node. */
export const electron = createElectron();
export const {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} = electron;
