import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { needsBrowser } from './browser.ts';
import { ask, DeskPage } from './desk-page.ts';

needsBrowser();

let desk: RunningDesk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

const VIEWS = ['orders', 'orders/SA-2026-00160', 'products', 'materials', 'settings'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1360, 480]) {
    test(`every view in ${colorScheme} at ${width} pixels: no complaint of the page, none of axe`, async ({
      browser,
    }) => {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 850 } });
      const page = await context.newPage();
      const window = new DeskPage(page);
      await window.open(desk);
      for (const view of VIEWS) {
        await page.goto(`${desk.origin}/#/${view}`);
        await expect(page.locator('main')).toBeVisible();
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: `test-results/view-${view.replace('/', '-')}-${colorScheme}-${width}.png` });
        // A rule of axe that injects styles would itself be stopped by the page's policy.
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
        expect(violations.map((violation) => `${view}: ${violation.id} ${violation.nodes[0]?.html ?? ''}`)).toEqual([]);
      }
      expect(window.complaints).toEqual([]);
      await context.close();
    });
  }
}

test('the keyboard alone reaches the assistant and leaves it again', async ({ page }) => {
  const window = new DeskPage(page);
  await window.open(desk);
  await page.keyboard.press('Control+j');
  const field = page.getByRole('textbox', { name: 'Message to the assistant' });
  await expect(field).toBeFocused();
  await page.keyboard.type('help');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/a set of rules, not a language model/)).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'AI Assistant' })).toBeHidden();
});

test('a change is looked at, left and rejected by keyboard, and the focus never gets lost', async ({ page }) => {
  const window = new DeskPage(page);
  await window.open(desk);
  await window.openAssistant();
  await window.say('Set quality to 70 on order SA-2026-00160');
  const card = page.getByRole('region', { name: /^Approval/ });
  await expect(card).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(600);
  await card.getByRole('button', { name: 'Edit…' }).focus();
  await page.keyboard.press('Enter');
  await expect(card.locator('form :focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(card.locator('form')).toHaveCount(0);
  await expect(card).toBeFocused();
  await card.getByRole('button', { name: 'Reject…' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('not today');
  await page.keyboard.press('Enter');
  await expect(card).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Message to the assistant' })).toBeFocused();
  expect((await ask(desk, 'orders.get', { ref: 'SA-2026-00160' })).render_overrides).toEqual({});
});

test('a product of the other company is not found here', async ({ page }) => {
  const own = await ask(desk, 'products.list', { limit: 1 });
  const missing = own.items[0]?.id.replace(/^.{8}/, '00000000') ?? '';
  const window = new DeskPage(page);
  await window.open(desk);
  await page.goto(`${desk.origin}/#/products/${missing}`);
  await expect(page.getByText(/nothing here|not found|no product/i).first()).toBeVisible();
});
