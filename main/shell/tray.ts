import { join } from 'node:path';
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron';
import type { DeskCounts } from './desk-counts.ts';

/** What a person can ask of the shell from tray, menu and shortcuts. */
export interface ShellActions {
  openMain(): void;
  openQuick(): void;
  toggleChat(): void;
  quit(): void;
}

export interface ShellTray {
  show(counts: DeskCounts): void;
}

/**
 * Puts the application into the tray, or returns null where the desktop has none; some (GNOME without an extension) take it
 * and show nothing, so everything in this menu can be reached another way too.
 */
export function createTray(icons: string, actions: ShellActions, log: (line: string) => void): ShellTray | null {
  let tray: Tray;
  try {
    tray = new Tray(nativeImage.createFromPath(join(icons, trayIcon(process.platform))));
  } catch (error) {
    log(`there is no tray here: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  tray.setToolTip('Renderdesk');
  tray.on('click', actions.openMain);
  const show = (counts: DeskCounts) => {
    // The whole menu anew: on Linux a changed item is not seen otherwise.
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(counts, actions)));
    tray.setToolTip(counts.approvals ? `Renderdesk: ${approvalsLabel(counts.approvals)}` : 'Renderdesk');
  };
  show({ approvals: null, runningOrders: null });
  return { show };
}

/** macOS recolours an image named Template. */
function trayIcon(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
}

function trayMenu(counts: DeskCounts, actions: ShellActions): MenuItemConstructorOptions[] {
  const { approvals, runningOrders } = counts;
  return [
    { label: 'Open Renderdesk', click: actions.openMain },
    { label: 'Quick command…', click: actions.openQuick },
    { type: 'separator' },
    { label: approvals === null ? 'Approvals: not known' : approvalsLabel(approvals), click: actions.openMain },
    { label: runningOrders === null ? 'Orders: not known' : runningLabel(runningOrders), enabled: false },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}

function approvalsLabel(count: number): string {
  if (count === 0) return 'Nothing waits for approval';
  return count === 1 ? '1 change waits for approval' : `${count} changes wait for approval`;
}

function runningLabel(count: number): string {
  if (count === 0) return 'No order is running';
  return count === 1 ? '1 order is running' : `${count} orders are running`;
}
