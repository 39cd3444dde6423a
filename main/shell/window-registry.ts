import type { BrowserWindow } from 'electron';

/** The windows the shell made: who may speak to the desk, and whom it speaks to. */
export interface WindowRegistry {
  add(window: BrowserWindow): void;
  all(): BrowserWindow[];
  knows(webContentsId: number): boolean;
  anyFocused(): boolean;
}

export function createWindowRegistry(): WindowRegistry {
  const windows = new Map<number, BrowserWindow>();
  return {
    add(window) {
      // Taken now: a closed window has no web contents to ask.
      const id = window.webContents.id;
      windows.set(id, window);
      window.once('closed', () => windows.delete(id));
    },
    all: () => [...windows.values()],
    knows: (webContentsId) => windows.has(webContentsId),
    anyFocused: () => [...windows.values()].some((window) => window.isFocused()),
  };
}
