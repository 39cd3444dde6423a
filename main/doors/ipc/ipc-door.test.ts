import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { IPC_CHANNELS, PRODUCT_LIST_MAX_BYTES } from '../../../shared/contract/index.ts';
import { failure, FailureError, ok } from '../../../shared/errors/index.ts';
import { DeskStandIn } from '../../../tests/helpers/desk-stand-in.ts';
import { IpcMainStandIn } from '../../../tests/helpers/electron/index.ts';
import { isAppUrl } from './app-origin.ts';
import { openIpcDoor } from './open-ipc-door.ts';

const OUR_WINDOW = 7;

function openDoor() {
  const desk = new DeskStandIn();
  const ipcMain = new IpcMainStandIn();
  const logged: string[] = [];
  const openExternal = vi.fn(async () => ok({ opened: true }));
  openIpcDoor({
    ipcMain,
    desk: Promise.resolve(desk),
    knowsWindow: (id) => id === OUR_WINDOW,
    openExternal,
    log: (line) => void logged.push(line),
  });
  const send = (sender: object, ...args: unknown[]) => {
    const event = {
      sender: { id: OUR_WINDOW },
      senderFrame: { url: 'renderdesk://app/index.html', parent: null },
      ...sender,
    };
    return ipcMain.handlers.get(IPC_CHANNELS.call)?.(event as unknown as IpcMainInvokeEvent, ...args);
  };
  const upload = (...args: unknown[]) => {
    const event = { sender: { id: OUR_WINDOW }, senderFrame: { url: 'renderdesk://app/', parent: null } };
    return ipcMain.handlers.get(IPC_CHANNELS.uploadProductList)?.(event as unknown as IpcMainInvokeEvent, ...args);
  };
  return { desk, logged, openExternal, send, upload };
}

describe('the sender check', () => {
  it.each([
    ['another web page', { senderFrame: { url: 'https://evil.example/', parent: null } }],
    ['another host of our scheme', { senderFrame: { url: 'renderdesk://evil/', parent: null } }],
    ['a scheme that starts like ours', { senderFrame: { url: 'renderdesk-evil://app/', parent: null } }],
    ['a frame inside our page', { senderFrame: { url: 'renderdesk://app/', parent: {} } }],
    ['a frame that is gone', { senderFrame: null }],
    ['a window we did not make', { sender: { id: 8 } }],
  ])('refuses %s', async (_what, sender) => {
    const { desk, logged, send } = openDoor();
    expect(await send(sender, 'desk.state', {})).toMatchObject({ ok: false, failure: { code: 'forbidden' } });
    expect(desk.calls).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  it('compares every part of the address', () => {
    expect(isAppUrl('renderdesk://app/index.html#/quick')).toBe(true);
    for (const url of [
      'renderdesk://app.evil/',
      'renderdesk://u@app/',
      'renderdesk://app:1/',
      'RENDERDESK',
      'file:///app/',
      '',
    ]) {
      expect(isAppUrl(url), url).toBe(false);
    }
  });
});

describe('a call', () => {
  it('passes an operation and its request on to the desk as they came', async () => {
    const { desk, send } = openDoor();
    desk.answers['chat.delete'] = () => ok({ deleted: true });
    expect(await send({}, 'chat.delete', { session_id: 'x' })).toEqual(ok({ deleted: true }));
    expect(desk.calls).toEqual([{ name: 'chat.delete', request: { session_id: 'x' } }]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'desk.unknown', 42, null, undefined, ['desk.state']])(
    'knows no operation %j',
    async (name) => {
      const { desk, send } = openDoor();
      expect(await send({}, name, {})).toMatchObject({ ok: false, failure: { code: 'not_found' } });
      expect(desk.calls).toEqual([]);
    },
  );

  it('opens addresses through the shell, never through the desk, and checks the request', async () => {
    const { desk, openExternal, send } = openDoor();
    expect(await send({}, 'shell.open_external', { url: 'https://a.example/' })).toEqual(ok({ opened: true }));
    expect(openExternal).toHaveBeenCalledWith('https://a.example/');
    expect(await send({}, 'shell.open_external', { url: 7 })).toMatchObject({ failure: { code: 'validation_failed' } });
    expect(openExternal).toHaveBeenCalledTimes(1);
    expect(desk.calls).toEqual([]);
  });

  it('answers a thrown failure as itself and a bug as internal_error, told in the log only', async () => {
    const { desk, logged, send } = openDoor();
    vi.spyOn(desk, 'call')
      .mockRejectedValueOnce(new FailureError(failure('pipeline_unreachable')))
      .mockRejectedValueOnce(new Error('secret detail'));
    expect(await send({}, 'desk.state', {})).toMatchObject({ failure: { code: 'pipeline_unreachable' } });
    const answer = await send({}, 'desk.state', {});
    expect(answer).toMatchObject({ failure: { code: 'internal_error' } });
    expect(JSON.stringify(answer)).not.toContain('secret detail');
    expect(logged.join()).toContain('secret detail');
  });
});

describe('a dropped file', () => {
  it('reaches the desk as bytes', async () => {
    const { desk, upload } = openDoor();
    const bytes = new TextEncoder().encode('KL-6205');
    await upload('list.csv', bytes);
    expect(desk.uploads).toEqual([{ name: 'list.csv', bytes }]);
  });

  it.each([
    ['text instead of bytes', 'list.csv', 'KL-6205', 'validation_failed'],
    ['no name', '', new Uint8Array(1), 'validation_failed'],
    ['a byte too many', 'list.csv', new Uint8Array(PRODUCT_LIST_MAX_BYTES + 1), 'payload_too_large'],
  ])('is refused: %s', async (_what, name, bytes, code) => {
    const { desk, upload } = openDoor();
    expect(await upload(name, bytes)).toMatchObject({ ok: false, failure: { code } });
    expect(desk.uploads).toEqual([]);
  });
});
