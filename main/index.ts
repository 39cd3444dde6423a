import { join } from 'node:path';
import { app, ipcMain, session } from 'electron';
import { unwrap } from '../shared/errors/index.ts';
import { parseFlags, type DeskFlags } from './doors/flags.ts';
import { openIpcDoor } from './doors/ipc/index.ts';
import * as shell from './shell/index.ts';

/*
 * The Electron entry: an ordered list of steps. What Electron takes only before it is ready comes first, every guard
 * stands before the first window, and the window is drawn while the desk still starts.
 */

const paths = shell.shellPaths(import.meta.dirname);
const given = shell.readStartArguments(process.argv.slice(app.isPackaged ? 1 : 2));
let log = (line: string): void => void process.stderr.write(`${line}\n`);

function start(): void {
  const flags = unwrap(parseFlags(given.own, process.env));
  log = shell.openShellLog(join(flags.dataDir, 'logs', 'desk.log'));
  if (given.others.length > 0) log(`not our own arguments: ${given.others.join(' ')}`);
  shell.endOnBugs(log);
  shell.prepareApp(flags.dataDir);

  let open: (request: shell.StartRequest) => void = () => undefined;
  if (!shell.claimSingleInstance({ quick: given.quick }, (request) => open(request))) return app.quit();
  void app
    .whenReady()
    .then(() => {
      open = openShell(flags);
      open({ quick: given.quick });
    })
    .catch((error: unknown) => shell.tellStartFailure(error, log));
}

/** Sets everything up and returns what a start, this one or a later one, does. */
function openShell(flags: DeskFlags): (request: shell.StartRequest) => void {
  const devTools = !app.isPackaged;
  shell.guardSession(session.defaultSession, { devTools, log });
  shell.guardContents(log);

  const windows = shell.createWindowRegistry();
  const context = { paths, dataDir: flags.dataDir, devTools, windows, log };
  let tray: shell.ShellTray | null = null;
  const mainWindow = shell.createMainWindow(
    context,
    shell.quitWithoutTray(() => tray !== null),
  );
  const quickWindow = shell.createQuickWindow(context);

  const settings = shell.readShellSettings(join(flags.dataDir, 'shell.json'), log);
  const quickCommand = shell.registerQuickShortcut(settings.quick_shortcut, quickWindow.toggle, log);
  const launch = shell.createServiceLauncher(paths);
  const stack = shell.createNetworkStack(session.fromPartition('network', { cache: false }));
  // Loaded here, not before: the window must not wait for the desk's own dependencies.
  const desk = import('./desk.ts').then(({ createDesk }) =>
    createDesk({ ...flags, door: 'electron', quickCommand, launch, stack, log }),
  );
  shell.stopDeskBeforeQuit(desk, log);

  shell.serveAppProtocol({ root: paths.renderer, log, media: async (id, variant) => (await desk).media(id, variant) });
  openIpcDoor({ ipcMain, desk, knowsWindow: windows.knows, openExternal: shell.createExternalOpener(log), log });

  const actions: shell.ShellActions = {
    openMain: () => mainWindow.show(),
    openQuick: quickWindow.show,
    toggleChat: () => mainWindow.show({ type: 'chat.show', session_id: null, toggle: true }),
    quit: () => app.quit(),
  };
  shell.setAppMenu(actions, { devTools });
  tray = shell.createTray(paths.icons, actions, log);
  shell.keepRunning(mainWindow);
  desk
    .then((started) => shell.attachDesk(started, { windows, mainWindow, tray, log }))
    .catch((error: unknown) => shell.tellStartFailure(error, log));
  return (request) => (request.quick ? quickWindow.show() : mainWindow.show());
}

try {
  start();
} catch (error) {
  shell.tellStartFailure(error, log);
}
