import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { needsBrowser } from './browser.ts';
import { ask, DeskPage } from './desk-page.ts';

needsBrowser();
test.describe.configure({ mode: 'serial' });

const ORDER = 'Render 2 Kugellager as WebP at 256x256';

let desk: RunningDesk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

async function opened(page: Page): Promise<{ window: DeskPage; panel: Locator; field: Locator }> {
  const window = new DeskPage(page);
  await window.open(desk);
  const panel = await window.openAssistant();
  return { window, panel, field: page.getByRole('textbox', { name: 'Message to the assistant' }) };
}

test('a message waits behind a change that waits for approval, while another conversation goes on', async ({
  page,
}) => {
  const { window, panel, field } = await opened(page);
  await window.say(ORDER);
  const card = page.getByRole('region', { name: /^Approval/ });
  await expect(card).toBeVisible({ timeout: 20_000 });
  await field.fill('Which output types are there?');
  await field.press('Enter');
  await expect(page.getByRole('region', { name: 'Messages that wait' })).toContainText('Which output types');
  await page.screenshot({ path: 'test-results/sessions-queued.png' });

  await window.say('How many renders failed this week?');
  await expect(panel.getByRole('article', { name: 'Assistant' })).toContainText(/this week/i, { timeout: 20_000 });
  await page.getByRole('button', { name: /^Conversations:/ }).click();
  const list = page.getByRole('dialog', { name: 'Conversations' });
  await expect(list).toContainText('Waits for approval');
  await page.screenshot({ path: 'test-results/sessions-list.png' });
  await list.getByRole('searchbox').fill('Kugellager as WebP');
  await expect(list.locator('[data-session]')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await window.approve();
  await expect(panel).toContainText('Web Standard', { timeout: 20_000 });
  await expect(page.getByRole('region', { name: 'Messages that wait' })).toBeHidden();
  expect(window.complaints).toEqual([]);
});

test('the last message is edited by the up key, and its answer made anew', async ({ page }) => {
  const { window, panel, field } = await opened(page);
  await window.say('Show materials like steel');
  await expect(panel).toContainText('Steel-Bare', { timeout: 20_000 });
  await field.press('ArrowUp');
  await expect(field).toHaveValue('Show materials like steel');
  await field.fill('Show materials like brass');
  await page.screenshot({ path: 'test-results/sessions-edit.png' });
  await field.press('Enter');
  await expect(panel.getByRole('article', { name: 'Assistant' })).toContainText('Brass', { timeout: 20_000 });
  await expect(panel.getByRole('article', { name: 'You' })).toHaveCount(1);
  await panel.getByRole('button', { name: 'Answer again' }).click();
  await expect(panel.getByRole('article', { name: 'Assistant' })).toHaveCount(1);
  await expect(panel.getByRole('article', { name: 'Assistant' })).toContainText('Brass', { timeout: 20_000 });
  expect(window.complaints).toEqual([]);
});

test('a conversation is renamed, pinned, saved and deleted from the list', async ({ page }) => {
  const { window } = await opened(page);
  await page.getByRole('button', { name: /^Conversations:/ }).click();
  const list = page.getByRole('dialog', { name: 'Conversations' });
  const row = list.getByRole('button', { name: /Show materials like brass/ }).first();
  await row.focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Brass for the catalogue');
  await page.keyboard.press('Enter');
  const renamed = list.locator('[data-session]').filter({ hasText: 'Brass for the catalogue' });
  await renamed.focus();
  await page.keyboard.press('p');
  await expect(list.locator('[data-session]').first()).toContainText('Brass for the catalogue');
  await list.getByRole('button', { name: 'More for “Brass for the catalogue”' }).click();
  await page.screenshot({ path: 'test-results/sessions-menu.png' });
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as Markdown' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/Brass-for-the-catalogue\.md$/);
  expect(await readFile(await file.path(), 'utf8')).toContain('Show materials like brass');
  await renamed.focus();
  await page.keyboard.press('Delete');
  await page.screenshot({ path: 'test-results/sessions-delete.png' });
  await list.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(renamed).toHaveCount(0);
  expect((await ask(desk, 'chat.sessions', {})).map(({ title }) => title)).not.toContain('Brass for the catalogue');
  expect(window.complaints).toEqual([]);
});

test('it stays usable where the window is narrow, and in the dark', async ({ page }) => {
  await page.setViewportSize({ width: 420, height: 760 });
  await page.emulateMedia({ colorScheme: 'dark' });
  const { window, panel } = await opened(page);
  await page.getByRole('button', { name: /^Conversations:/ }).click();
  const list = page.getByRole('dialog', { name: 'Conversations' });
  await list.locator('[data-session]').first().focus();
  await page.screenshot({ path: 'test-results/sessions-narrow-dark.png' });
  const box = await list.boundingBox();
  expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 420).toBe(true);
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('article', { name: 'You' }).first()).toBeVisible();
  await page.screenshot({ path: 'test-results/sessions-narrow-dark-open.png' });
  expect(window.complaints).toEqual([]);
});
