import { expect, test } from '@playwright/test';
import { startDesk } from '../helpers/desk.ts';
import { needsBrowser } from './browser.ts';
import { ask, DeskPage } from './desk-page.ts';

needsBrowser();

test('--model none says whom to ask', async ({ page }) => {
  const desk = await startDesk({ args: ['--model', 'none'] });
  try {
    const window = new DeskPage(page);
    await window.open(desk);
    const panel = await window.openAssistant();
    await expect(
      panel.getByText('AI not configured — ask your admin to set up Azure OpenAI in Tenant Settings'),
    ).toBeVisible();
  } finally {
    await desk.stop();
  }
});

test('with ai_enabled=false no chat toggle is drawn, and it comes back when an admin switches it on', async ({
  page,
}) => {
  const desk = await startDesk({ args: ['--as', 'admin@kugelwerk.example'] });
  try {
    const window = new DeskPage(page);
    await window.open(desk);
    const toggle = page.getByRole('button', { name: /^Open the assistant/ });
    await expect(toggle).toBeVisible();
    await ask(desk, 'settings.put', { ai_enabled: false });
    await expect(toggle).toBeHidden();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();
    await expect(toggle).toBeHidden();
    await ask(desk, 'settings.put', { ai_enabled: true });
    await expect(toggle).toBeVisible();
  } finally {
    await desk.stop();
  }
});
