import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { root } from '../../scripts/root.ts';
import { ensureElectronBuild } from '../../scripts/start/electron-build.ts';
import { findDistribution, findElectron } from '../../scripts/start/electron.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

/** The Electron binary to test with, or why there is none; nothing is fetched for a test. */
async function presentElectron(): Promise<{ path: string } | { reason: string }> {
  if ((await findDistribution()) === null) return { reason: "Electron's binary is not installed" };
  return findElectron();
}

test.describe('the Electron application', () => {
  test.describe.configure({ mode: 'serial', timeout: 120_000 });
  let app: ElectronApplication;
  let page: Page;
  let data: Awaited<ReturnType<typeof temporaryDirectory>>;
  const policyReports: string[] = [];

  test.beforeAll(async () => {
    const electron = await presentElectron();
    test.skip('reason' in electron, 'reason' in electron ? electron.reason : '');
    if ('reason' in electron) return;
    expect(await ensureElectronBuild()).toBeNull();
    data = await temporaryDirectory();
    app = await _electron.launch({
      executablePath: electron.path,
      args: ['.', '--data', data.path],
      cwd: root,
      chromiumSandbox: true,
    });
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) policyReports.push(message.text());
    });
    await page.reload();
  });
  test.afterAll(async () => {
    await app?.close();
    await data?.remove();
  });

  test('opens its window on its own origin', async () => {
    await expect(page).toHaveURL(/^renderdesk:\/\/app\//);
    await expect(page).toHaveTitle('Renderdesk');
    const window = await app.browserWindow(page);
    await expect.poll(() => window.evaluate((shown) => shown.isVisible())).toBe(true);
    await expect(page.locator('#root')).not.toBeEmpty();
  });

  test('keeps Node and the network out of the page', async () => {
    const window = await app.browserWindow(page);
    // Read back from Electron itself; the method is not in its type declarations.
    const preferences = await window.evaluate((shown) => shown.webContents.getLastWebPreferences());
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    const reach = await page.evaluate(async () => ({
      node: 'process' in globalThis || 'require' in globalThis,
      bridge: Object.keys(Reflect.get(globalThis, 'renderdesk')).sort(),
      web: await fetch('https://example.com/').then(
        () => 'answered',
        () => 'blocked',
      ),
    }));
    expect(reach).toEqual({
      node: false,
      bridge: ['call', 'mediaUrl', 'onPush', 'uploadProductList'],
      web: 'blocked',
    });
    policyReports.length = 0;
  });

  test('refuses its desk to any other page', async () => {
    const answer = await app.evaluate(async ({ BrowserWindow }, preload) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await stranger.loadURL('about:blank');
      const said: unknown = await stranger.webContents.executeJavaScript(`renderdesk.call('desk.state', {})`);
      stranger.destroy();
      return said;
    }, `${root}/out/preload/index.cjs`);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'forbidden' } });
  });

  test('draws without a report of its content policy', async () => {
    await page.reload();
    await expect(page.locator('#root')).not.toBeEmpty();
    await page.waitForTimeout(1000);
    expect(policyReports).toEqual([]);
  });

  test('lives on in the tray when its window is closed, and comes back', async () => {
    await page.close();
    expect(await app.evaluate(({ app: running }) => running.isReady())).toBe(true);
    await app.evaluate(({ app: running }) => void running.emit('activate'));
    await expect.poll(() => app.windows().length).toBe(1);
  });
});
