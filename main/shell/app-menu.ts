import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellActions } from './tray.ts';

/** The application menu: few entries, there for their keys. Copy and paste on macOS work only through a menu. */
export function setAppMenu(actions: ShellActions, options: { devTools: boolean }): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(actions, options)));
}

function appMenu(actions: ShellActions, options: { devTools: boolean }): MenuItemConstructorOptions[] {
  return [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'Desk',
      submenu: [
        { label: 'Show or hide chat', accelerator: 'CommandOrControl+J', click: actions.toggleChat },
        { label: 'Quick command…', accelerator: 'CommandOrControl+Shift+K', click: actions.openQuick },
        { type: 'separator' },
        { label: 'Quit Renderdesk', accelerator: 'CommandOrControl+Q', click: actions.quit },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(options.devTools ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
  ];
}
