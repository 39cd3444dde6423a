import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { DeskPush } from '../../shared/contract/index.ts';
import { APP_ORIGIN, pushToWindows } from '../doors/ipc/index.ts';
import { offerReload } from './offer-reload.ts';
import type { ShellPaths } from './paths.ts';
import { webPreferences } from './web-preferences.ts';
import type { WindowRegistry } from './window-registry.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

/** What windows are made of and where they are kept. */
export interface WindowContext {
  paths: ShellPaths;
  dataDir: string;
  devTools: boolean;
  windows: WindowRegistry;
  log: (line: string) => void;
}

/** The one main window: made when it is first wanted, again after it was closed. */
export interface MainWindow {
  /** Opens it or brings it forward; `push` reaches it as soon as its page is there. */
  show(push?: DeskPush): void;
}

/** The page's own surface colours (`renderer/styles.css`), so that a window never flashes another one. */
export function surfaceColour(): string {
  return nativeTheme.shouldUseDarkColors ? '#0e1317' : '#f3f5f7';
}

export function createMainWindow(context: WindowContext, onClosed: () => void): MainWindow {
  let current: BrowserWindow | null = null;
  return {
    show(push) {
      if (current) raise(current);
      else {
        current = open(context);
        current.once('closed', () => {
          current = null;
          onClosed();
        });
      }
      if (push) tellWhenLoaded(current, push);
    },
  };
}

function tellWhenLoaded(window: BrowserWindow, push: DeskPush): void {
  if (window.webContents.isLoading()) {
    window.webContents.once('did-finish-load', () => pushToWindows([window], push));
  } else pushToWindows([window], push);
}

function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function open(context: WindowContext): BrowserWindow {
  const stateFile = join(context.dataDir, 'window.json');
  const state = readWindowState(stateFile, context.log);
  const window = new BrowserWindow({
    title: 'Renderdesk',
    width: state?.width ?? 1280,
    height: state?.height ?? 832,
    ...(state ? { x: state.x, y: state.y } : {}),
    minWidth: 720,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: surfaceColour(),
    icon: join(context.paths.icons, 'icon.png'),
    webPreferences: webPreferences(context.paths.preload, context.devTools),
  });
  context.windows.add(window);
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }, context.log);
  });
  const load = () => loadPage(window, '/index.html', context.log);
  offerReload(window, load, context.log);
  load();
  return window;
}

/** Loads a page of ours; a page that can't be loaded is a broken installation and is told in the log. */
export function loadPage(window: BrowserWindow, path: string, log: (line: string) => void): void {
  window.loadURL(`${APP_ORIGIN}${path}`).catch((error: unknown) => {
    log(`the window could not load its page: ${error instanceof Error ? error.message : String(error)}`);
  });
}
