import { globalShortcut } from 'electron';
import type { DeskState } from '../../shared/contract/index.ts';

/** The quick command's key where nothing else is asked for. */
export const DEFAULT_QUICK_SHORTCUT = 'CommandOrControl+Shift+Space';

/**
 * Asks the desktop for the global shortcut and says whether it was given: another program may hold it, and some Wayland
 * desktops have none to give. Then the tray, the menu and a second start with `--quick` still open the quick command.
 * Electron must be ready.
 */
export function registerQuickShortcut(
  shortcut: string | null,
  onPressed: () => void,
  log: (line: string) => void,
): DeskState['quick_command'] {
  if (shortcut === null) return { shortcut: null, registered: false };
  const registered = tryRegister(shortcut, onPressed, log);
  if (!registered) log(`the desktop did not give the shortcut ${shortcut} to the quick command`);
  return { shortcut, registered };
}

function tryRegister(shortcut: string, onPressed: () => void, log: (line: string) => void): boolean {
  try {
    return globalShortcut.register(shortcut, onPressed);
  } catch (error) {
    log(`${shortcut} is not a shortcut: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
