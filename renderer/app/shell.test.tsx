// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../shared/errors/index.ts';
import { deskState, me, order, page } from '../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../test-support/render.tsx';
import type { Answers } from '../test-support/stand-in-bridge.ts';
import { Shell } from './shell.tsx';
import { useUi } from './ui-store.ts';

let screen: Screen;
beforeEach(() => {
  useUi.setState({ chatOpen: false, search: { orders: '', products: '', materials: '' } });
  window.location.hash = '#/orders';
});
afterEach(() => screen.close());

const ANSWERS: Answers = {
  'orders.list': ({ text }) => ok(page(text ? [] : [order('SA-2026-00160')])),
  'mappings.list': () => ok([]),
  'chat.sessions': () => ok([]),
  'chat.approvals': () => ok([]),
  'stats.renders': () => ({ ok: false, failure: { code: 'unavailable', message: 'starting' } }),
};

async function shell(aiEnabled: boolean) {
  const who = me({ ai_enabled: aiEnabled });
  screen = await renderOnDesk(<Shell me={who} />, ANSWERS, deskState({ me: who }));
  await screen.settle(60);
}

const press = (key: string, more: KeyboardEventInit = {}) =>
  act(async () => void window.dispatchEvent(new KeyboardEvent('keydown', { key, ...more })));
const chat = () => document.querySelector('aside[aria-label="AI Assistant"]');

describe('the console', () => {
  it('has no assistant, by button or by key, where the company has none', async () => {
    await shell(false);
    expect(document.querySelector('button[aria-label="Open the assistant"]')).toBeNull();
    await press('j', { ctrlKey: true });
    expect(chat()).toBeNull();
  });

  it('opens and closes the assistant by its button and by Ctrl+J', async () => {
    await shell(true);
    await screen.click(screen.button('Open the assistant'));
    expect(chat()).not.toBeNull();
    await press('j', { ctrlKey: true });
    expect(chat()).toBeNull();
  });

  it('lists orders live, and says since when what it shows may be old', async () => {
    await shell(true);
    expect(screen.text()).toContain('SA-2026-00160');
    await act(async () =>
      screen.desk.push({ type: 'connection', connection: { state: 'stale', since: '2026-11-23T10:00:00.000Z' } }),
    );
    expect(screen.text()).toContain('Stale since');
    await act(async () => screen.desk.push({ type: 'connection', connection: { state: 'live' } }));
    expect(screen.text()).not.toContain('Stale');
  });

  it('asks the desk what the search field holds, once the typing rests', async () => {
    await shell(true);
    await screen.type(screen.find('#search'), '0099');
    await screen.settle(250);
    await screen.settle(100);
    expect(screen.desk.calls.filter(({ name }) => name === 'orders.list').at(-1)?.request).toMatchObject({
      text: '0099',
    });
    expect(screen.text()).toContain('No order matches');
  });

  it('shows the conversation the shell asks for', async () => {
    await shell(true);
    await act(async () => screen.desk.push({ type: 'chat.show', session_id: null, toggle: true }));
    expect(chat()).not.toBeNull();
    await act(async () => screen.desk.push({ type: 'chat.show', session_id: null, toggle: false }));
    expect(chat()).not.toBeNull();
    await act(async () => screen.desk.push({ type: 'chat.show', session_id: null, toggle: true }));
    expect(chat()).toBeNull();
  });

  it('goes where the desk says', async () => {
    await shell(true);
    await act(async () => screen.desk.push({ type: 'navigate', view: 'order', id: 'SA-2026-00160' }));
    expect(window.location.hash).toBe('#/orders/SA-2026-00160');
  });
});
