import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { registerAppScheme } from './app-protocol.ts';

/** As in electron-builder.yml: Windows shows notifications only of an application whose shortcut carries this id. */
const APP_ID = 'app.renderdesk.desk';

/** Everything that Electron takes only before it is ready. */
export function prepareApp(dataDir: string): void {
  app.enableSandbox();
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);
  registerAppScheme();
  // Chromium needs no name of any host: what a page must not load it can't look up either (DNS prefetch passes every other guard).
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  // A profile of its own for each data directory; the lock of the single instance lies in it.
  const profile = join(dataDir, 'electron');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
}
