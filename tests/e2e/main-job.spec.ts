import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { needsBrowser } from './browser.ts';
import { ask, DeskPage } from './desk-page.ts';

needsBrowser();
test.describe.configure({ mode: 'serial' });

let desk: RunningDesk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

test('"Render all Kugellager products as WebP at 1024x1024", approved by a click', async ({ page }) => {
  const categories = await ask(desk, 'categories.list', {});
  const kugellager = categories.find((category) => category.path.join('/') === 'Kugellager');
  const count = kugellager?.product_count ?? 0;
  expect(count).toBeGreaterThan(200);

  const window = new DeskPage(page);
  await window.open(desk);
  await window.openAssistant();
  await window.say('Render all Kugellager products as WebP at 1024x1024');
  const card = page.getByRole('region', { name: /^Approval/ });
  await expect(card).toContainText(`Order for ${count} products`, { timeout: 20_000 });
  await expect(card).toContainText('WebP');
  await page.screenshot({ path: 'test-results/main-job-approval.png' });
  await window.approve();
  await expect(card).toBeHidden();

  const newest = async () => (await ask(desk, 'orders.list', { limit: 1 })).items[0];
  await expect.poll(async () => (await newest())?.lines.total).toBe(count);
  const order = await newest();
  expect(order?.settings).toMatchObject({ format: 'webp', width: 1024, height: 1024 });
  const number = order?.number ?? '';
  await page.goto(`${desk.origin}/#/orders/${number}`);
  const images = page.locator('img[src*="/media/renders/"]');
  await expect.poll(() => images.count(), { timeout: 30_000 }).toBeGreaterThan(3);
  await page.screenshot({ path: 'test-results/main-job-order.png' });

  const done = await ask(desk, 'orders.lines', { ref: number, status: 'done', limit: 3 });
  for (const line of done.items) {
    const response = await desk.request(`/media/renders/${line.render_id ?? ''}/image`);
    expect(response.headers.get('content-type')).toBe('image/webp');
    const image = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(image).toMatchObject({ format: 'webp', width: 1024, height: 1024 });
  }
  // The rest of the work is not what this test looks at.
  await ask(desk, 'orders.act', { ref: number, action: { kind: 'cancel' } });
  expect(window.complaints).toEqual([]);
});

test('"What\'s the status of my last order?"', async ({ page }) => {
  const window = new DeskPage(page);
  await window.open(desk);
  const panel = await window.openAssistant();
  await window.say("What's the status of my last order?");
  const { items } = await ask(desk, 'orders.list', { limit: 1, mine: true });
  await expect(panel.getByText(items[0]?.number ?? 'no order').first()).toBeVisible({ timeout: 20_000 });
});

test('"Set material override to Steel-Bare on order SA-2026-00160", approved by a click', async ({ page }) => {
  const window = new DeskPage(page);
  await window.open(desk);
  await window.openAssistant();
  await window.say('Set material override to Steel-Bare on order SA-2026-00160');
  await window.approve();
  await expect
    .poll(async () => (await ask(desk, 'orders.get', { ref: 'SA-2026-00160' })).material_override)
    .toBe('Steel-Bare');
});

test('"How many renders failed this week?"', async ({ page }) => {
  const window = new DeskPage(page);
  await window.open(desk);
  const panel = await window.openAssistant();
  const stats = await ask(desk, 'stats.renders', { period: 'this_week' });
  expect(stats.failed).toBeGreaterThan(0);
  await window.say('How many renders failed this week?');
  await expect(panel).toContainText(String(stats.failed), { timeout: 20_000 });
  await expect(panel).toContainText(/this week/i);
  await page.screenshot({ path: 'test-results/main-job-statistics.png' });
});
