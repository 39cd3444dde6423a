// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatQueue } from '../../../shared/contract/index.ts';
import { fail, ok } from '../../../shared/errors/index.ts';
import { approval, chatSession, deskState, message, page, toolCall, uuid } from '../../test-support/fixtures.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import type { Answers } from '../../test-support/stand-in-bridge.ts';
import { ChatPanel } from './chat-panel.tsx';
import { useChat } from './chat-store.ts';
import { useLiveTurns } from './live-store.ts';

let screen: Screen;
const session = uuid();

beforeEach(() => {
  useChat.setState({ activeSession: session, drafts: {}, attachments: {}, sending: {}, editing: {} });
  useLiveTurns.setState({ turns: {}, unread: new Set() });
});
afterEach(() => screen.close());

const ANSWERS: Answers = {
  'chat.sessions': () => ok([]),
  'chat.approvals': () => ok([]),
  'chat.queue': () => ok({ session_id: session, messages: [], held: null }),
  'orders.list': () => ok(page([])),
};

async function panel(answers: Answers): Promise<void> {
  screen = await renderOnDesk(
    <ChatPanel context={null} onClose={() => undefined} />,
    { ...ANSWERS, ...answers },
    deskState(),
  );
  await screen.settle(60);
}

async function press(element: HTMLElement, key: string): Promise<void> {
  await act(
    async () => void element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
  );
  await screen.settle();
}

const asked = (name: string) => screen.desk.calls.filter((each) => each.name === name).map(({ request }) => request);

describe('the list of conversations', () => {
  const waits = chatSession('Order the Nadellager', { state: 'waiting', unread: true, pinned: true });
  const runs = chatSession('Count renders', { state: 'running' });
  const list: Answers = {
    'chat.messages': () => ok([]),
    'chat.sessions': ({ text }) => ok(text ? [] : [waits, runs]),
    'chat.change': ({ session_id, title }) => ok({ ...waits, session_id, title: title ?? waits.title }),
    'chat.delete': () => ok({ deleted: true }),
  };
  const open = async () => {
    await panel(list);
    await screen.click(screen.find('header button[aria-haspopup=dialog]'));
    await screen.settle();
  };
  const row = (id: string) => screen.find(`[data-session="${id}"]`);

  it('says which runs, which waits, and which has something new', async () => {
    await open();
    expect(row(waits.session_id).textContent).toContain('Waits for approval');
    expect(row(runs.session_id).textContent).toContain('Answering…');
    expect(row(waits.session_id).querySelector('[aria-label=unread]')).not.toBeNull();
    expect(row(runs.session_id).querySelector('[aria-label=unread]')).toBeNull();
  });

  it('is gone through, renamed in and deleted from by the keyboard', async () => {
    await open();
    const search = screen.find('[data-session-search]');
    search.focus();
    await press(search, 'ArrowDown');
    expect(document.activeElement).toBe(row(waits.session_id));
    await press(row(waits.session_id), 'F2');
    await screen.type(screen.find('input[aria-label^="New name"]'), '  Needles ');
    await press(screen.find('input[aria-label^="New name"]'), 'Enter');
    expect(asked('chat.change')).toContainEqual({ session_id: waits.session_id, title: 'Needles' });
    await press(row(runs.session_id), 'p');
    expect(asked('chat.change')).toContainEqual({ session_id: runs.session_id, pinned: true });
    await press(row(runs.session_id), 'Delete');
    expect(screen.text()).toContain('Orders it made and the audit of its changes stay.');
    await screen.click(screen.button('Delete'));
    expect(asked('chat.delete')).toEqual([{ session_id: runs.session_id }]);
  });

  it('says that nothing was found', async () => {
    await open();
    await screen.type(screen.find('[data-session-search]'), 'zzz');
    await screen.settle(250);
    await screen.settle(60);
    expect(asked('chat.sessions')).toContainEqual({ text: 'zzz' });
    expect(screen.text()).toContain('Nothing found for “zzz”');
  });
});

describe('a message while a turn runs', () => {
  const running = [message('user', 'List'), message('assistant', '', { status: 'running' })];

  it('waits, and can be edited and removed until it is sent', async () => {
    const queue: ChatQueue = {
      session_id: session,
      messages: [{ id: uuid(), message: 'and then', has_list: false }],
      held: null,
    };
    await panel({ 'chat.messages': () => ok(running), 'chat.change_queue': () => ok(queue) });
    await screen.type(screen.find('#composer'), 'and then');
    await screen.click(screen.button('Send when this ends'));
    expect(asked('chat.change_queue')).toEqual([
      { session_id: session, change: { kind: 'add', request: { message: 'and then' } } },
    ]);
    await act(async () => screen.desk.push({ type: 'chat.queue', queue }));
    await screen.settle();
    await screen.click(screen.button('Edit the waiting message “and then”'));
    await screen.type(screen.find('[aria-label="The waiting message"]'), 'and only then');
    await press(screen.find('[aria-label="The waiting message"]'), 'Enter');
    const id = queue.messages[0]?.id;
    expect(asked('chat.change_queue').at(-1)).toEqual({
      session_id: session,
      change: { kind: 'edit', id, message: 'and only then' },
    });
    await screen.click(screen.button('Remove the waiting message “and then”'));
    expect(asked('chat.change_queue').at(-1)).toEqual({ session_id: session, change: { kind: 'remove', id } });
  });

  it('is held where the turn failed, until a person sends it', async () => {
    const held = { code: 'model_unreachable', message: 'The model endpoint cannot be reached.' } as const;
    const queue: ChatQueue = {
      session_id: session,
      messages: [{ id: uuid(), message: 'next', has_list: false }],
      held,
    };
    await panel({ 'chat.messages': () => ok([]), 'chat.queue': () => ok(queue), 'chat.change_queue': () => ok(queue) });
    expect(screen.text()).toContain(
      'Not sent, for the answer before ended with: The model endpoint cannot be reached.',
    );
    await screen.click(screen.button('Send now'));
    expect(asked('chat.change_queue')).toEqual([{ session_id: session, change: { kind: 'send' } }]);
  });

  it('gets its words back where it can not wait', async () => {
    await panel({ 'chat.messages': () => ok(running), 'chat.change_queue': () => fail('validation_failed') });
    await screen.type(screen.find('#composer'), 'and then');
    await press(screen.find('#composer'), 'Enter');
    expect(screen.find('#composer')).toHaveProperty('value', 'and then');
  });
});

describe('the last question and its answer', () => {
  const question = message('user', 'Show steel');
  const answer = message('assistant', 'Steel-Bare.');
  const changed = toolCall('create_order', {
    state: 'done',
    effect: { summary: 'Order for 2 products', counts: {}, sample: [] },
  });

  it('is edited with the up key in the empty field, and replaced by what is sent', async () => {
    await panel({ 'chat.messages': () => ok([question, answer]), 'chat.send': () => fail('token_limit_reached') });
    await press(screen.find('#composer'), 'ArrowUp');
    expect(screen.find('#composer')).toHaveProperty('value', 'Show steel');
    await screen.type(screen.find('#composer'), 'Show brass');
    await press(screen.find('#composer'), 'Enter');
    expect(asked('chat.send')).toEqual([{ message: 'Show brass', session_id: session, replaces: question.id }]);
    expect(screen.find('#composer')).toHaveProperty('value', 'Show brass');
    await press(screen.find('#composer'), 'Escape');
    expect(useChat.getState().editing).toEqual({});
  });

  it('can be edited while its change waits for approval', async () => {
    const waiting = approval(session);
    const call = toolCall('create_order', { ...waiting, state: 'awaiting' });
    const stored = [question, message('assistant', '', { status: 'waiting', tool_calls: [call] })];
    await panel({ 'chat.messages': () => ok(stored), 'chat.send': () => fail('turn_running') });
    await screen.click(screen.button('Edit and send again'));
    await press(screen.find('#composer'), 'Enter');
    expect(asked('chat.send')).toMatchObject([{ replaces: question.id }]);
  });

  it('is answered again, unless it changed something', async () => {
    await panel({
      'chat.messages': () => ok([question, answer]),
      'chat.regenerate': () => fail('token_limit_reached'),
    });
    await screen.click(screen.button('Answer again'));
    expect(asked('chat.regenerate')).toEqual([{ session_id: session }]);
    await screen.close();
    await panel({ 'chat.messages': () => ok([question, { ...answer, tool_calls: [changed] }]) });
    const again = screen.find('[aria-label^="Not answered again"]');
    expect(again.getAttribute('aria-label')).toContain('Order for 2 products');
    await screen.click(again);
    expect(asked('chat.regenerate')).toEqual([]);
  });

  it('is hidden once it was replaced, but for what it changed', async () => {
    const old = message('user', 'Show tin', { superseded: true });
    const ordered = message('user', 'Order two', { superseded: true });
    await panel({
      'chat.messages': () =>
        ok([
          old,
          message('assistant', 'Tin.', { superseded: true }),
          ordered,
          message('assistant', 'Ordered.', { superseded: true, tool_calls: [changed] }),
          question,
          answer,
        ]),
    });
    expect(screen.text()).not.toContain('Tin.');
    expect(screen.text()).toContain('Ordered.');
    expect(screen.text()).toContain('replaced since; what it changed stays');
  });
});
