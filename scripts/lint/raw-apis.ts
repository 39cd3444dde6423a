const electronMessage =
  'Only main/shell, main/index.ts and preload run inside Electron; take what you need as an argument. ' +
  'Types may be imported with "import type".';

/** `electron` outside the folders that run inside Electron. */
export const electronBan = {
  paths: [{ name: 'electron', message: electronMessage, allowTypeImports: true }],
  patterns: [{ group: ['electron/*'], message: electronMessage, allowTypeImports: true }],
};

/** Raw Electron messaging, with the wrapper to use instead. */
export const rawApiBan = [
  {
    selector: 'MemberExpression[object.name="ipcMain"]',
    message: 'Register requests through the wrapper in main/doors/ipc: it checks the sender and parses the arguments.',
  },
  {
    selector: 'MemberExpression[property.name="send"][object.property.name="webContents"]',
    message: 'Push to windows through the wrapper in main/doors/ipc, which only sends what the desk contract names.',
  },
  {
    selector: 'MemberExpression[object.name=/^(ipcRenderer|contextBridge)$/]',
    message: 'Only the bridge in preload speaks to the main process; the renderer uses renderer/desk.',
  },
];
