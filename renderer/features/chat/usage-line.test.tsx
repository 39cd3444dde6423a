// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import type { Usage } from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import { tokenUsage, uuid } from '../../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import { UsageLine } from './usage-line.tsx';

let screen: Screen;
afterEach(() => screen.close());

async function lineOf(usage: Usage, sessionId: string | null = uuid()): Promise<string> {
  screen = await renderOnDesk(<UsageLine sessionId={sessionId} />, { 'chat.usage': () => ok(usage) });
  await screen.settle();
  return document.body.textContent;
}

const chat = { used_tokens: 21_400, output_tokens: 400 };
const answer = { used_tokens: 7118, output_tokens: 118 };

it('tells what the answer, the chat and the month took', async () => {
  const text = await lineOf(tokenUsage({ used_tokens: 1_200_000, limit: 5_000_000, chat, answer }));
  expect(text).toContain('answer 7.12K');
  expect(text).toContain('chat 21.4K');
  expect(text).toContain('month 1.2M (24 %)');
  expect(text).not.toContain('€');
  expect(document.querySelector('[title="7,118 tokens, 118 of them answers"]')).not.toBeNull();
});

it('tells the cost where the company has a price', async () => {
  const price = { input: 2, output: 8, currency: 'EUR' };
  const text = await lineOf(tokenUsage({ used_tokens: 1_200_000, output_tokens: 200_000, chat, answer, price }));
  expect(text).toContain('answer 7.12K, €0.015');
  expect(text).toContain('month 1.2M, €3.60');
});

const near = tokenUsage({ used_tokens: 4_100_000, limit: 5_000_000, contact: 'Petra Lang' });

it('warns when the month’s tokens run out, with whom to ask', async () => {
  expect(await lineOf(near, null)).toContain(
    "82 % of your company's 5,000,000 tokens of this month are used. Ask Petra Lang",
  );
  expect(document.querySelector('[role=alert]')).toBeNull();
});

it('says aloud that they are used up', async () => {
  await lineOf({ ...near, used_tokens: 5_000_000 });
  expect(document.querySelector('[role=alert]')?.textContent).toContain('All of your company');
});
