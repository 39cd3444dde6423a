import { beforeEach, describe, expect, it, vi } from 'vitest';
import { claimSingleInstance, type StartRequest } from './single-instance.ts';
import { readStartArguments } from './start-arguments.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const { app } = electron;

describe('a second start', () => {
  const asked: StartRequest[] = [];
  const second = (data: unknown) => app.emit('second-instance', {}, ['--quick'], '/', data);
  beforeEach(() => {
    asked.length = 0;
    app.removeAllListeners();
    app.lock = true;
    expect(claimSingleInstance({ quick: false }, (start) => void asked.push(start))).toBe(true);
  });

  it('is heard of with what it wanted', () => {
    second({ quick: true });
    second({ quick: false });
    expect(asked).toEqual([{ quick: true }, { quick: false }]);
  });

  it.each([undefined, null, 'quick', { quick: 'yes' }, { data: '/elsewhere' }])(
    'opens the main window when what it sends can not be read: %j',
    (data) => {
      second(data);
      expect(asked).toEqual([{ quick: false }]);
    },
  );

  it('tells the first what it wants and goes', () => {
    app.lock = false;
    expect(claimSingleInstance({ quick: true }, vi.fn())).toBe(false);
    expect(app.lockData).toEqual({ quick: true });
  });
});

describe('the arguments of a start', () => {
  it('are ours, the shell’s, or somebody else’s', () => {
    const argv = [
      '--ozone-platform=x11',
      '--data',
      '/srv/desk',
      '--quick',
      '--approve=deny',
      '--no-open',
      '--inspect=0',
      'page',
    ];
    expect(readStartArguments(argv)).toEqual({
      quick: true,
      own: ['--data', '/srv/desk', '--approve=deny', '--no-open'],
      others: ['--ozone-platform=x11', '--inspect=0', 'page'],
    });
  });
});
