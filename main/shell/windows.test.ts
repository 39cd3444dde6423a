import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { IPC_CHANNELS, type DeskPush } from '../../shared/contract/index.ts';
import { temporaryDirectory } from '../../tests/helpers/temporary-directory.ts';
import { createMainWindow, type WindowContext } from './main-window.ts';
import { shellPaths } from './paths.ts';
import { createQuickWindow } from './quick-window.ts';
import { createWindowRegistry } from './window-registry.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const { made } = electron.BrowserWindow;
const NAVIGATE: DeskPush = { type: 'navigate', view: 'orders', id: null };
let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let context: WindowContext;

beforeAll(async () => {
  data = await temporaryDirectory();
});
afterAll(() => data.remove());
beforeEach(() => {
  made.length = 0;
  electron.screen.workAreas = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const windows = createWindowRegistry();
  context = { paths: shellPaths('/app/out/main'), dataDir: data.path, devTools: false, windows, log: () => undefined };
});
const only = () => {
  const window = made[0];
  if (!window) throw new Error('no window was made');
  return window;
};

describe('the main window', () => {
  it('is made once, shown when there is something to see, and known to the IPC door while it lives', () => {
    const main = createMainWindow(context, () => undefined);
    main.show();
    expect(only().url).toBe('renderdesk://app/index.html');
    expect(only().options.webPreferences).toMatchObject({ preload: '/app/out/preload/index.cjs', sandbox: true });
    expect(only().isVisible()).toBe(false);
    only().emit('ready-to-show');
    expect(only().isVisible()).toBe(true);
    main.show();
    expect(made).toHaveLength(1);
    expect(context.windows.knows(only().webContents.id)).toBe(true);
    only().close();
    expect(context.windows.knows(only().webContents.id)).toBe(false);
  });

  it('comes back from the taskbar and after it was closed', () => {
    let closed = 0;
    const main = createMainWindow(context, () => (closed += 1));
    main.show();
    only().minimize();
    main.show();
    expect(only().isMinimized()).toBe(false);
    only().close();
    main.show();
    expect([made.length, closed]).toEqual([2, 1]);
  });

  it('hears what it was opened for once its page is there', () => {
    const main = createMainWindow(context, () => undefined);
    main.show(NAVIGATE);
    expect(only().webContents.sent).toEqual([]);
    only().webContents.finishLoad();
    main.show(NAVIGATE);
    expect(only().webContents.sent).toEqual([
      { channel: IPC_CHANNELS.push, args: [NAVIGATE] },
      { channel: IPC_CHANNELS.push, args: [NAVIGATE] },
    ]);
  });

  it('remembers its place, unless no screen shows it any more', () => {
    const bounds = { x: 1400, y: 300, width: 900, height: 700 };
    const main = createMainWindow(context, () => undefined);
    main.show();
    only().bounds = bounds;
    only().maximize();
    only().close();
    main.show();
    expect(made[1]?.options).toMatchObject(bounds);
    expect(made[1]?.isMaximized()).toBe(true);
    made[1]?.close();
    electron.screen.workAreas = [{ x: 0, y: 0, width: 1280, height: 800 }];
    main.show();
    expect(made[2]?.options.x).toBeUndefined();
  });

  it('asks before it loads a page again that broke down', async () => {
    createMainWindow(context, () => undefined).show();
    const breakDown = () => only().webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    only().url = '';
    electron.dialog.answer = 1;
    breakDown();
    await vi.waitFor(() => expect(only().url).toBe('renderdesk://app/index.html'));
    electron.dialog.answer = 0;
    breakDown();
    await vi.waitFor(() => expect(only().isDestroyed()).toBe(true));
    expect(electron.dialog.asked).toHaveLength(2);
  });

  it('opens in its default size when the remembered place can not be read, and says so', () => {
    writeFileSync(join(data.path, 'window.json'), '{"width": "wide"');
    const lines: string[] = [];
    createMainWindow({ ...context, log: (line) => void lines.push(line) }, () => undefined).show();
    expect(only().options).toMatchObject({ width: 1280, height: 832 });
    expect(lines).toHaveLength(1);
  });
});

describe('the quick command', () => {
  it('is a small frameless window over everything', () => {
    createQuickWindow(context).show();
    expect(only().url).toBe('renderdesk://app/index.html#/quick');
    expect(only().options).toMatchObject({ frame: false, alwaysOnTop: true, skipTaskbar: true, resizable: false });
    expect(only().options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true });
    expect(only().isVisible() && only().isFocused()).toBe(true);
  });

  it('goes with Esc, and when something else is clicked; other keys are the page’s', () => {
    const quick = createQuickWindow(context);
    quick.show();
    expect(only().webContents.pressKey('a')).toBe(false);
    expect(only().isVisible()).toBe(true);
    expect(only().webContents.pressKey('Escape')).toBe(true);
    expect(only().isVisible()).toBe(false);
    quick.show();
    only().blur();
    expect(only().isVisible()).toBe(false);
  });

  it('comes and goes with its shortcut, in the same window', () => {
    const quick = createQuickWindow(context);
    const seen = [1, 2, 3].map(() => {
      quick.toggle();
      return only().isVisible();
    });
    expect(seen).toEqual([true, false, true]);
    expect(made).toHaveLength(1);
    only().close();
    quick.toggle();
    expect(made).toHaveLength(2);
  });
});
