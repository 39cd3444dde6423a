import { expect, type Locator, type Page } from '@playwright/test';
import type { OperationAnswers, OperationName, OperationRequest } from '../../shared/contract/index.ts';
import type { RunningDesk } from '../helpers/desk.ts';

/** The desk's page as a person uses it; what the page complains of is kept for the test to look at. */
export class DeskPage {
  readonly page: Page;
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  async open(desk: RunningDesk): Promise<void> {
    await this.page.goto(desk.url);
    await expect(this.page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  }

  async openAssistant(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Open the assistant/ }).click();
    const panel = this.page.getByRole('complementary', { name: 'AI Assistant' });
    await expect(panel).toBeVisible();
    return panel;
  }

  /** Says one sentence in a conversation of its own. */
  async say(sentence: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation', exact: true }).click();
    const field = this.page.getByRole('textbox', { name: 'Message to the assistant' });
    await field.fill(sentence);
    await field.press('Enter');
  }

  /** The approval card, once it listens: a card that just came takes no clicks. */
  async approve(): Promise<void> {
    const card = this.page.getByRole('region', { name: /^Approval/ });
    await expect(card).toBeVisible({ timeout: 20_000 });
    const approve = card.getByRole('button', { name: 'Approve', exact: true });
    // A card that just came takes no clicks, and it comes anew when the turn is stored.
    await expect(async () => {
      // A click that counted takes the card away, at a busy machine after the time of this try.
      if (await approve.isVisible()) await approve.click({ timeout: 1000 });
      await expect(approve).toBeHidden({ timeout: 2000 });
    }).toPass({ timeout: 20_000 });
  }
}

/** One operation of the desk by HTTP, to compare the page with. */
export async function ask<K extends OperationName>(
  desk: RunningDesk,
  name: K,
  request: OperationRequest<K>,
): Promise<OperationAnswers[K]> {
  const response = await desk.request(`/api/desk/${name}`, { method: 'POST', body: JSON.stringify(request) });
  if (!response.ok) throw new Error(`${name} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as OperationAnswers[K];
}
