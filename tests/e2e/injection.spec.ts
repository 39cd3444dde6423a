import { expect, test } from '@playwright/test';
import { chatClient } from '../desk/chat-client.ts';
import { obedientModel, startWireServer, type WireServer } from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { HOSTILE_WORDS } from '../injection/hostile-words.ts';
import { needsBrowser } from './browser.ts';
import { DeskPage } from './desk-page.ts';

needsBrowser();
// Fifty turns, and a walk through all of them.
test.setTimeout(180_000);

let model: WireServer;
let desk: RunningDesk;
test.beforeAll(async () => {
  model = await startWireServer(obedientModel);
  const env = { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'test' };
  desk = await startDesk({ env });
});
test.afterAll(async () => {
  await desk.stop();
  await model.close();
});

test('nothing a model says leaves the window or acts in it', async ({ page }) => {
  const chat = chatClient(desk);
  let session_id: string | null = null;
  for (const { text } of HOSTILE_WORDS) ({ session_id } = await chat.send(text, { session_id }));

  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.origin)) elsewhere.push(request.url());
  });
  page.on('dialog', (dialog) => {
    elsewhere.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => elsewhere.push(`popup: ${popup.url()}`));
  const window = new DeskPage(page);
  await window.open(desk);
  const panel = await window.openAssistant();
  await panel.getByRole('button', { name: /^Conversations/ }).click();
  await page.getByRole('dialog', { name: 'Conversations' }).getByRole('button').first().click();
  const thread = panel.getByRole('log', { name: 'Conversation' });
  await expect(thread.getByRole('article', { name: 'Assistant' }).last()).toBeVisible();

  // Through all of it, for only what is in sight is drawn.
  const drawn = new Set<string>();
  for (let step = 0; step < 400; step++) {
    for (const text of await thread.getByRole('article', { name: 'You' }).allInnerTexts())
      drawn.add(text.split('\n')[0] ?? '');
    const reaching = thread.locator(
      'img, picture, video, audio, script, iframe, object, embed, form, style, link, base, [src], [srcset], [onerror], a[href]',
    );
    expect(await reaching.count()).toBe(0);
    const atTop = await thread.evaluate((element) => {
      element.scrollBy(0, -500);
      return element.scrollTop <= 0;
    });
    if (atTop) break;
  }
  expect(drawn.size).toBeGreaterThan(40);
  expect(new URL(page.url()).origin).toBe(desk.origin);
  expect(elsewhere).toEqual([]);
  expect(window.complaints).toEqual([]);
});
