import { app } from 'electron';
import type { MainWindow } from './main-window.ts';

/**
 * Closing the last window leaves the application in the tray, for its shortcut and its notifications. A click on the dock or a
 * second start brings the window back, for a desktop may take a tray and show none.
 */
export function keepRunning(mainWindow: MainWindow): void {
  // Without a listener Electron quits here; whether to quit is decided where the main window closes (`quitWithoutTray`).
  app.on('window-all-closed', () => undefined);
  app.on('activate', () => mainWindow.show());
}

/** What the closing of the main window means: the end, where no tray and no dock keeps the application in reach. */
export function quitWithoutTray(hasTray: () => boolean): () => void {
  return () => {
    if (!hasTray() && process.platform !== 'darwin') app.quit();
  };
}
