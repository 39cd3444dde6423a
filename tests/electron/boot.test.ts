import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { IPC_CHANNELS, type DeskPush, type DeskState } from '../../shared/contract/index.ts';
import { ok } from '../../shared/errors/index.ts';
import { DeskStandIn } from '../helpers/desk-stand-in.ts';
import { preventable } from '../helpers/electron/index.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import type { DeskConfig } from '../../main/desk-types.ts';

const electron = await vi.hoisted(async () => (await import('../helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const desk = new DeskStandIn();
const made: DeskConfig[] = [];
const { promise: deskStarted, resolve: startDesk } = Promise.withResolvers<DeskStandIn>();
vi.mock('../../main/desk.ts', () => ({
  createDesk: async (config: DeskConfig) => {
    made.push(config);
    return await deskStarted;
  },
}));

const { app } = electron;
const windows = electron.BrowserWindow.made;
let data: Awaited<ReturnType<typeof temporaryDirectory>>;
const argv = process.argv;

beforeAll(async () => {
  data = await temporaryDirectory();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  // The application's handlers for bugs are not for the test runner's.
  vi.spyOn(process, 'on').mockReturnValue(process);
  process.argv = ['electron', '.', '--data', data.path, '--approve', 'deny', '--ozone-platform=x11'];
  electron.globalShortcut.taken.add('CommandOrControl+Shift+Space');
  await import('../../main/index.ts');
  app.becomeReady();
  await vi.waitFor(() => expect(windows).toHaveLength(1));
});
afterAll(async () => {
  process.argv = argv;
  vi.restoreAllMocks();
  await data.remove();
});

function callFromMainWindow(name: string): Promise<unknown> {
  const event = {
    sender: { id: windows[0]?.webContents.id },
    senderFrame: { url: 'renderdesk://app/index.html', parent: null },
  };
  return Promise.resolve(electron.ipcMain.handlers.get(IPC_CHANNELS.call)?.(event as never, name, {}));
}

describe('the start of the application', () => {
  it('locks Electron down before it is ready, and guards everything before the first window', () => {
    expect(electron.calls).toEqual([
      'app.enableSandbox',
      'protocol.registerSchemesAsPrivileged',
      'app.requestSingleInstanceLock',
      'ready',
      'session.setPermissionRequestHandler',
      'protocol.handle',
      'ipcMain.handle',
      'ipcMain.handle',
      'new BrowserWindow',
    ]);
    expect(app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    expect(app.paths.get('userData')).toBe(join(data.path, 'electron'));
    expect(existsSync(join(data.path, 'electron'))).toBe(true);
    expect(windows[0]?.webContents.rtcPolicy).toBe('disable_non_proxied_udp');
  });

  it('gives the desk its flags, and tells it honestly that the shortcut was taken', async () => {
    await vi.waitFor(() => expect(made).toHaveLength(1));
    expect(made[0]).toMatchObject({
      door: 'electron',
      dataDir: data.path,
      approve: 'deny',
      quickCommand: { shortcut: 'CommandOrControl+Shift+Space', registered: false },
    });
  });

  it('has its window open while the desk still starts; calls wait for it', async () => {
    desk.answers['desk.state'] = () => ok({ door: 'electron' } as DeskState);
    const answer = callFromMainWindow('desk.state');
    startDesk(desk);
    expect(await answer).toEqual({ ok: true, value: { door: 'electron' } });
  });

  it('passes on what the desk tells', async () => {
    await vi.waitFor(() => {
      desk.push({ type: 'connection', connection: { state: 'live' } });
      expect(windows[0]?.webContents.sent.at(-1)?.args[0]).toMatchObject({ type: 'connection' });
    });
  });

  it('opens the quick command from tray, menu and a second start', () => {
    app.emit('second-instance', {}, [], '/', { quick: true });
    expect(windows[1]?.url).toBe('renderdesk://app/index.html#/quick');
    windows[1]?.blur();
    const menu = electron.Tray.made[0]?.menu?.template.find((item) => item.label === 'Quick command…');
    menu?.click?.({} as never, undefined, {} as never);
    expect(windows[1]?.isVisible()).toBe(true);
    expect(windows).toHaveLength(2);
  });

  it('stays in the tray when its window is closed, and comes back with a second start', () => {
    windows[0]?.close();
    app.emit('window-all-closed');
    expect(app.quits).toBe(0);
    app.emit('second-instance', {}, [], '/', { quick: false });
    expect(windows.at(-1)?.url).toBe('renderdesk://app/index.html');
    expect(windows).toHaveLength(3);
    windows[2]?.close();
    app.emit('activate');
    expect(windows).toHaveLength(4);
  });

  it('opens the main window for what the assistant shows, even from the quick command', () => {
    windows[3]?.close();
    const shown: DeskPush = { type: 'navigate', view: 'order', id: 'SA-2026-00160' };
    desk.push(shown);
    windows[4]?.webContents.finishLoad();
    expect(windows[4]?.webContents.sent.map(({ args }) => args[0])).toEqual([shown]);
    expect(windows[1]?.webContents.sent.map(({ args }) => args[0])).not.toContain(shown);
  });

  it('lets the desk end before it goes', async () => {
    const quit = preventable();
    app.emit('before-quit', quit);
    expect(quit.prevented).toBe(true);
    await vi.waitFor(() => expect(app.quits).toBe(1));
    expect(desk.stops).toBe(1);
    const again = preventable();
    app.emit('before-quit', again);
    expect(again.prevented).toBe(false);
  });
});
