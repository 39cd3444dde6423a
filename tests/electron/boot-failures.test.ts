import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failure, FailureError } from '../../shared/errors/index.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const electron = await vi.hoisted(async () => (await import('../helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);
vi.mock('../../main/desk.ts', () => ({
  createDesk: async () => {
    throw new FailureError(failure('insecure_endpoint'));
  },
}));

const { app, dialog } = electron;
const argv = process.argv;
let data: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  data = await temporaryDirectory();
  vi.resetModules();
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  // The application's handlers for bugs are not for the test runner's.
  vi.spyOn(process, 'on').mockReturnValue(process);
  dialog.errors.length = 0;
  app.exitCodes.length = 0;
  electron.BrowserWindow.made.length = 0;
});
afterEach(async () => {
  process.argv = argv;
  vi.restoreAllMocks();
  await data.remove();
});

async function start(...flags: string[]): Promise<void> {
  process.argv = ['electron', '.', '--data', data.path, ...flags];
  await import('../../main/index.ts');
}

it('says what is wrong with a flag', async () => {
  await start('--approve', 'perhaps');
  expect(dialog.errors).toEqual([
    { title: 'Renderdesk could not start', content: expect.stringContaining('--approve') },
  ]);
  expect(app.exitCodes).toEqual([1]);
});

it('opens no second application on the same data', async () => {
  app.lock = false;
  await start('--quick');
  expect(app.quits).toBe(1);
  expect(app.lockData).toEqual({ quick: true });
  app.lock = true;
  expect(electron.BrowserWindow.made).toEqual([]);
});

it('says why the desk can not start, and ends', async () => {
  await start();
  app.becomeReady();
  await vi.waitFor(() => expect(app.exitCodes).toEqual([1]));
  expect(dialog.errors[0]?.content).toContain('must be https');
});
