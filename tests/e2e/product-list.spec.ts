import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { needsBrowser } from './browser.ts';
import { ask, DeskPage } from './desk-page.ts';

needsBrowser();

let desk: RunningDesk;
test.beforeAll(async () => {
  desk = await startDesk();
});
test.afterAll(() => desk.stop());

for (const name of ['product-list.csv', 'product-list.xlsx']) {
  test(`${name} dropped on the chat becomes a selection to order`, async ({ page }) => {
    const window = new DeskPage(page);
    await window.open(desk);
    const panel = await window.openAssistant();
    await drop(panel.getByRole('textbox'), name, await readFile(`resources/examples/${name}`));
    await expect(panel.getByText('148 products, 3 not found')).toBeVisible({ timeout: 15_000 });
    await page.screenshot({ path: `test-results/${name}.png` });
    const field = page.getByRole('textbox', { name: 'Message to the assistant' });
    await field.fill('Render these as PNG at 400x400, as a draft');
    await field.press('Enter');
    await window.approve();
    await expect(panel.getByRole('region', { name: /^Approval/ })).toBeHidden();
    const { items } = await ask(desk, 'orders.list', { limit: 1 });
    expect(items[0]).toMatchObject({ status: 'draft', lines: { total: 148 }, settings: { format: 'png', width: 400 } });
    expect(window.complaints).toEqual([]);
  });
}

/** A real drop: the page gets a DataTransfer with the file in it. */
async function drop(target: ReturnType<DeskPage['page']['locator']>, name: string, bytes: Buffer): Promise<void> {
  const transfer = await target.page().evaluateHandle(
    ({ fileName, base64 }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], fileName));
      return data;
    },
    { fileName: name, base64: bytes.toString('base64') },
  );
  await target.dispatchEvent('dragenter', { dataTransfer: transfer });
  await target.dispatchEvent('dragover', { dataTransfer: transfer });
  await target.dispatchEvent('drop', { dataTransfer: transfer });
}
