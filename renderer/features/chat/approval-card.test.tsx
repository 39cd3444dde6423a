// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { fail, ok } from '../../../shared/errors/index.ts';
import { approval, uuid } from '../../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import type { Answers } from '../../test-support/stand-in-bridge.ts';
import { ApprovalCard } from './approval-card.tsx';
import { DEAF_MS } from './use-decision.ts';

let screen: Screen;
afterEach(() => screen.close());

const config: TenantConfig = {
  ai_enabled: true,
  model: null,
  monthly_token_limit: null,
  approval: { policy: 'above_limits', max_renders: 1000, max_orders: 5 },
  time_zone: 'Europe/Berlin',
  chat_retention_days: 365,
};
const counts = { orders: 1, products: 148, renders: 148, unmapped: 1 };
const effect = { summary: 'Order for 148 products', counts, sample: [] };
const wanted = approval(uuid(), { effect });
const row = { id: uuid(), label: 'KL-6205-2RSR', note: 'unmapped: PEEK', problem: true };
const rows = { items: [row, { id: uuid(), label: 'KL-6206', problem: false }], next_cursor: null };

async function draw(answers: Answers = {}, change: Partial<typeof wanted> = {}): Promise<void> {
  const all: Answers = {
    'settings.get': () => ok(config),
    'chat.approval_rows': () => ok({ ...rows, total: 148, total_exact: true, moved: false }),
    'chat.decide': () => fail('internal_error'),
    ...answers,
  };
  screen = await renderOnDesk(<ApprovalCard approval={{ ...wanted, ...change }} />, all);
  await screen.settle(DEAF_MS);
}
const decisions = () => screen.desk.calls.filter(({ name }) => name === 'chat.decide').map(({ request }) => request);
const buttons = () => [...screen.container.querySelectorAll('button')].map((button) => button.textContent);

describe('an approval', () => {
  it('shows every product behind its number, and what will fail', async () => {
    await draw();
    await screen.click(screen.button('Show every product'));
    await screen.settle();
    expect(screen.text()).toContain('148 products');
    expect(screen.text()).toContain('unmapped: PEEK');
    await screen.click(screen.button('Will fail'));
    const asked = screen.desk.calls.filter(({ name }) => name === 'chat.approval_rows').at(-1)?.request;
    expect(asked).toEqual({ id: wanted.id, shown: wanted.shown, only: 'problems', cursor: null });
  });

  it('cannot be approved while products are marked to be taken out', async () => {
    await draw();
    await screen.click(screen.button('Show every product'));
    await screen.settle();
    await screen.click(screen.find(`[aria-label="Take out ${row.label}"]`));
    expect(buttons()).not.toContain('Approve');
    await screen.click(screen.button('Work out without 1 product'));
    expect(decisions()).toEqual([{ id: wanted.id, shown: wanted.shown, decision: 'approve', without: [row.id] }]);
    await screen.click(screen.button('Keep them all'));
    expect(buttons()).toContain('Approve');
  });

  it('offers to approve similar ones within the company’s limits only', async () => {
    await draw();
    await screen.click(screen.button('Similar ones too…'));
    await screen.click(screen.button('Approve this and similar ones'));
    const grant = { max_changes: 5, max_items: 148 };
    expect(decisions()).toEqual([{ id: wanted.id, shown: wanted.shown, decision: 'approve', grant }]);
    await screen.close();
    const always = { ...config, approval: { ...config.approval, policy: 'always' as const } };
    await draw({ 'settings.get': () => ok(always) });
    expect(buttons()).not.toContain('Similar ones too…');
    await screen.close();
    for (const [max_renders, offered] of [
      [148, true],
      [147, false],
    ] as const) {
      await draw({ 'settings.get': () => ok({ ...config, approval: { ...config.approval, max_renders } }) });
      expect(buttons().includes('Similar ones too…')).toBe(offered);
      await screen.close();
    }
    await draw({}, { effect: { ...effect, counts: { renders: 1 } } });
    expect(buttons()).not.toContain('Similar ones too…');
  });

  it('says why it is here again', async () => {
    await draw({}, { asked: 'moved' });
    expect(screen.text()).toContain('The data changed since this was shown.');
  });
});
