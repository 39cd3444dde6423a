import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createExternalOpener } from './open-external.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const { dialog, shell } = electron;
const open = createExternalOpener(() => undefined);

describe('the one way out', () => {
  beforeEach(() => {
    dialog.asked.length = 0;
    dialog.answer = 1;
    shell.opened.length = 0;
    shell.broken = false;
  });

  it.each([
    'http://plain.example/',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    'javascript:alert(1)',
    'renderdesk://app/',
    'https://www.example.com@evil.example/',
    'not an address',
  ])('refuses %s without asking', async (address) => {
    expect(await open(address)).toMatchObject({ ok: false, failure: { code: 'bad_request' } });
    expect(dialog.asked).toEqual([]);
    expect(shell.opened).toEqual([]);
  });

  it('shows the whole address as it will be opened, with Cancel under Enter and Esc', async () => {
    expect(await open('https://exаmple.com/a?b=ü')).toEqual({ ok: true, value: { opened: true } });
    expect(dialog.asked[0]).toMatchObject({ defaultId: 0, cancelId: 0, buttons: ['Cancel', 'Open'] });
    expect(dialog.asked[0]?.detail).toBe('https://xn--exmple-4nf.com/a?b=%C3%BC');
    expect(shell.opened).toEqual(['https://xn--exmple-4nf.com/a?b=%C3%BC']);
  });

  it('opens nothing that was not agreed to', async () => {
    dialog.answer = 0;
    expect(await open('mailto:help@example.com')).toEqual({ ok: true, value: { opened: false } });
    expect(shell.opened).toEqual([]);
  });

  it('asks one question at a time', async () => {
    const answer = Promise.withResolvers<number>();
    dialog.answer = answer.promise;
    const first = open('https://a.example/');
    expect(await open('https://b.example/')).toMatchObject({ failure: { code: 'in_flight' } });
    answer.resolve(1);
    expect(await first).toEqual({ ok: true, value: { opened: true } });
    expect(shell.opened).toEqual(['https://a.example/']);
  });

  it('tells when the desktop can not open it', async () => {
    shell.broken = true;
    expect(await open('https://a.example/')).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  });
});
