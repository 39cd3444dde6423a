import { dialog, type BrowserWindow } from 'electron';

/**
 * Says that a page has broken down and loads it again if a person wants so; a page that breaks at once again asks again
 * instead of running in circles. Nothing is lost: turns and drafts belong to the desk, not to the window.
 */
export function offerReload(window: BrowserWindow, reload: () => void, log: (line: string) => void): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log(`a window broke down: ${reason}`);
    void ask(window, reload);
  });
}

async function ask(window: BrowserWindow, reload: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'This window stopped working.',
    detail: 'Your orders and chats are safe: they do not live in the window.',
    buttons: ['Close', 'Open it again'],
    defaultId: 1,
    cancelId: 0,
    noLink: true,
  });
  if (window.isDestroyed()) return;
  if (response === 1) reload();
  else window.destroy();
}
