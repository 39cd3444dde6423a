import type { PermissionRequest, WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { preventable, WebContentsStandIn } from '../../tests/helpers/electron/index.ts';
import { guardContents } from './content-guards.ts';
import { guardSession } from './session-guards.ts';
import { webPreferences } from './web-preferences.ts';

const download = (url: string, type: string) => ({ getURL: () => url, getMimeType: () => type });

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const guarded = electron.session.defaultSession;
const ASKED = ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'unknown'] as const;
const contents = {} as WebContents;
const logged: string[] = [];
const log = (line: string) => void logged.push(line);

type Permission = Parameters<NonNullable<typeof guarded.permissionRequest>>[1];

function granted(permission: Permission, requestingUrl: string): boolean | undefined {
  let answer: boolean | undefined;
  const details: PermissionRequest = { isMainFrame: true, requestingUrl };
  guarded.permissionRequest?.(contents, permission, (given) => (answer = given), details);
  return answer;
}

/** As Electron's `Session` where only its guards are asked for. */
const session = guarded as unknown as Parameters<typeof guardSession>[0];

describe('a session', () => {
  beforeEach(() => {
    logged.length = 0;
    guarded.removeAllListeners();
    guardSession(session, { devTools: false, log });
  });

  it.each(ASKED)('never gets the permission %s, asked for or looked up', (permission) => {
    expect(granted(permission, 'renderdesk://app/index.html')).toBe(false);
    const details = { embeddingOrigin: '', isMainFrame: true, requestingUrl: '' };
    expect(guarded.permissionCheck?.(contents, permission, 'renderdesk://app/', details)).toBe(false);
    expect(logged).toEqual([`refused the permission ${permission}`]);
  });

  it('may put text on the clipboard from our own page only', () => {
    expect(granted('clipboard-sanitized-write', 'renderdesk://app/index.html')).toBe(true);
    expect(granted('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  });

  it('gets no device and no download', () => {
    expect(guarded.devicePermission?.({ deviceType: 'usb', origin: '', device: {} as never })).toBe(false);
    const event = preventable();
    guarded.emit('will-download', event, download('https://evil.example/x.md', 'text/markdown'));
    expect(event.prevented).toBe(true);
    const program = preventable();
    guarded.emit('will-download', program, download('blob:renderdesk://app/2f1c', 'application/x-msdownload'));
    expect(program.prevented).toBe(true);
  });

  it('may save a conversation as a file', () => {
    const event = preventable();
    guarded.emit('will-download', event, download('blob:renderdesk://app/2f1c', 'text/markdown'));
    expect(event.prevented).toBe(false);
  });

  it('requests nothing but our own origin', () => {
    expect(guarded.lets('renderdesk://app/assets/index.js')).toBe(true);
    expect(guarded.lets('blob:renderdesk://app/2f1c')).toBe(true);
    for (const url of [
      'https://evil.example/?text=stolen',
      'http://127.0.0.1:8080/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'renderdesk://evil/',
      'blob:https://evil.example/2f1c',
      'devtools://devtools/bundled/inspector.html',
    ]) {
      expect(guarded.lets(url), url).toBe(false);
    }
    expect(logged.join()).not.toContain('stolen');
  });

  it('opens DevTools in development only', () => {
    guardSession(session, { devTools: true, log });
    expect(guarded.lets('devtools://devtools/bundled/inspector.html')).toBe(true);
    expect(guarded.lets('https://evil.example/')).toBe(false);
  });
});

describe('every web contents', () => {
  guardContents(log);
  const made = new WebContentsStandIn(99);
  electron.app.emit('web-contents-created', {}, made);

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays on our pages: %s', (event) => {
    const away = preventable({ url: 'https://evil.example/' });
    made.emit(event, away);
    const file = preventable({ url: 'file:///home/user/dropped.html' });
    made.emit(event, file);
    const here = preventable({ url: 'renderdesk://app/index.html#/orders' });
    made.emit(event, here);
    expect([away.prevented, file.prevented, here.prevented]).toEqual([true, true, false]);
  });

  it('opens no window, no webview, no direct connection', () => {
    expect(made.windowOpenHandler?.({} as never)).toEqual({ action: 'deny' });
    const webview = preventable();
    made.emit('will-attach-webview', webview);
    expect(webview.prevented).toBe(true);
    expect(made.rtcPolicy).toBe('disable_non_proxied_udp');
  });
});

describe('web preferences', () => {
  it('keep Node out of every page', () => {
    expect(webPreferences('/preload/index.cjs', false)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });
});
