import { BrowserWindow } from 'electron';
import { loadPage, surfaceColour, type WindowContext } from './main-window.ts';
import { webPreferences } from './web-preferences.ts';

/** The quick command: one small line over everything else, gone as soon as something else is clicked. */
export interface QuickWindow {
  show(): void;
  toggle(): void;
}

export function createQuickWindow(context: WindowContext): QuickWindow {
  let current: BrowserWindow | null = null;
  const show = () => {
    current ??= open(context, () => (current = null));
    current.center();
    current.show();
    current.focus();
  };
  return {
    show,
    toggle() {
      if (current?.isVisible()) current.hide();
      else show();
    },
  };
}

function open(context: WindowContext, onClosed: () => void): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Renderdesk quick command',
    width: 640,
    height: 420,
    show: false,
    frame: false,
    resizable: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    backgroundColor: surfaceColour(),
    webPreferences: webPreferences(context.paths.preload, context.devTools),
  });
  context.windows.add(window);
  window.once('closed', onClosed);
  window.on('blur', () => window.hide());
  window.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || input.key !== 'Escape') return;
    event.preventDefault();
    window.hide();
  });
  loadPage(window, '/index.html#/quick', context.log);
  return window;
}
