// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import type { ChatToolCall } from '../../../shared/contract/index.ts';
import type { OrderStatus } from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import { message, order, toolCall, uuid } from '../../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import { UndoButton } from './undo-button.tsx';

let screen: Screen;
afterEach(() => screen.close());

const NUMBER = 'SA-2026-00161';
const told = { order: { id: uuid(), number: NUMBER, status: 'queued' } };

async function shown(call: ChatToolCall, status: OrderStatus): Promise<boolean> {
  screen = await renderOnDesk(<UndoButton call={call} sessionId={uuid()} />, {
    'chat.messages': () => ok([message('assistant', '', { tool_calls: [call] })]),
    'orders.get': () => ok(order(NUMBER, { status })),
  });
  await screen.settle();
  return screen.text().includes('Undo');
}

it.each([
  ['draft', true],
  ['running', true],
  ['done', false],
  ['cancelling', false],
  ['cancelled', false],
] as const)('a made order that is %s now: %s', async (status, expected) => {
  expect(await shown(toolCall('create_order', { state: 'done', result: told }), status)).toBe(expected);
});

it('an override is taken back also once the order is done', async () => {
  const call = toolCall('set_material_override', { state: 'done', result: { ...told, previous: null } });
  expect(await shown(call, 'done')).toBe(true);
});
