// @vitest-environment jsdom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TurnEvent, TurnOutcome } from '../../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { approval, deskState, message, order, page, tokenUsage, toolCall, uuid } from '../../test-support/fixtures.ts';
import { applyPipelineEvents } from '../../app/pipeline-events.ts';
import { renderOnDesk, type Screen } from '../../test-support/render.tsx';
import type { Answers } from '../../test-support/stand-in-bridge.ts';
import { ChatPanel } from './chat-panel.tsx';
import { useChat } from './chat-store.ts';
import { useLiveTurns } from './live-store.ts';
import { DEAF_MS } from './use-decision.ts';

let screen: Screen;
beforeEach(() => {
  useChat.setState({
    activeSession: null,
    drafts: {},
    attachments: {},
    sending: {},
    editing: {},
    droppedContext: null,
  });
  useLiveTurns.setState({ turns: {}, unread: new Set() });
});
afterEach(() => screen.close());

const session = uuid();
const question = message('user', 'Render all Kugellager');
const responseId = uuid();
const wanted = approval(session);

const ANSWERS: Answers = {
  'chat.sessions': () => ok([]),
  'chat.approvals': () => ok([]),
  'chat.queue': () => ok({ session_id: session, messages: [], held: null }),
  'chat.messages': () => ok([question]),
  'chat.usage': () => ok(tokenUsage()),
  'output_types.list': () => ok([]),
  'materials.list': () => ok([]),
  'orders.get': () => ok(order('SA-2026-00161')),
  'orders.list': () => ok(page([])),
};

async function panel(
  answers: Answers = {},
  state = deskState(),
  context: Parameters<typeof ChatPanel>[0]['context'] = null,
) {
  screen = await renderOnDesk(
    <ChatPanel context={context} onClose={() => undefined} />,
    { ...ANSWERS, ...answers },
    state,
  );
  await screen.settle();
}

function push(...events: TurnEvent[]): void {
  for (const event of events) screen.desk.push({ type: 'turn.event', session_id: session, event });
}

async function tell(...events: TurnEvent[]): Promise<void> {
  await act(async () => push(...events));
  await screen.settle(60);
}

async function send(text: string): Promise<void> {
  await screen.type(screen.find('#composer'), text);
  await screen.click(screen.button('Send'));
}

const outcome = (change: Partial<TurnOutcome>): TurnOutcome => ({
  session_id: session,
  message: question,
  response: null,
  status: 'waiting',
  pending_approvals: [],
  ...change,
});

const decisions = () => screen.desk.calls.filter(({ name }) => name === 'chat.decide').map(({ request }) => request);

/** Sends the question and brings the turn to where it waits. */
async function untilApproval(answers: Answers = {}): Promise<void> {
  const answer = Promise.withResolvers<Result<TurnOutcome>>();
  await panel({ 'chat.send': () => answer.promise, ...answers });
  await send(question.content);
  await tell(
    { type: 'turn.started', session_id: session, message: question, response_id: responseId },
    { type: 'text.delta', text: 'I look ' },
    { type: 'text.delta', text: 'first.' },
    { type: 'approval.requested', approval: wanted },
    { type: 'turn.ended', outcome: outcome({ pending_approvals: [wanted] }) },
  );
  answer.resolve(ok(outcome({ pending_approvals: [wanted] })));
  await screen.settle();
}

describe('the assistant’s panel', () => {
  it('sends, streams, waits for the approval and shows what came of it', async () => {
    await untilApproval({
      'chat.decide': () => {
        const done = toolCall('create_order', {
          id: wanted.id,
          state: 'done',
          result: { order: { id: uuid(), number: 'SA-2026-00161', status: 'queued' } },
        });
        const response = message('assistant', 'It is queued.', { id: responseId, tool_calls: [done] });
        push(
          { type: 'turn.started', session_id: session, message: question, response_id: responseId },
          { type: 'tool.finished', call: done },
          { type: 'text.delta', text: 'It is queued.' },
          { type: 'turn.ended', outcome: outcome({ status: 'done', response }) },
        );
        return ok(outcome({ status: 'done', response }));
      },
    });
    expect(screen.desk.calls.find(({ name }) => name === 'chat.send')?.request).toEqual({
      message: question.content,
      session_id: null,
    });
    expect(useChat.getState().activeSession).toBe(session);
    expect(screen.text()).toContain('I look first.');
    expect(screen.text()).toContain('148 WebP renders at 1024 x 1024, 3 with unmapped materials');
    expect(screen.find('[role=status].sr-only').textContent).toContain('Approval needed');
    expect(document.activeElement?.textContent).not.toBe('Approve');

    await screen.settle(DEAF_MS);
    await screen.click(screen.button('Approve'));
    await screen.settle(80);
    expect(decisions()).toEqual([{ id: wanted.id, shown: wanted.shown, decision: 'approve' }]);
    expect(screen.text()).toContain('It is queued.');
    expect(screen.find('a[href="#/orders/SA-2026-00161"]').textContent).toContain('Running');
    expect(document.querySelector('section[aria-label^=Approval]')).toBeNull();
    expect(useLiveTurns.getState().turns).toEqual({});
  });

  it('takes no click on an approval that only just came', async () => {
    await untilApproval();
    await screen.click(screen.button('Approve'));
    expect(decisions()).toEqual([]);
  });

  it('answers several that wait beside each other at once, each as it is shown', async () => {
    await untilApproval({ 'chat.decide_all': () => fail('approval_gone') });
    const other = approval(session, { shown: 'shown-2' });
    await tell(
      { type: 'approval.requested', approval: other },
      { type: 'turn.ended', outcome: outcome({ pending_approvals: [wanted, other] }) },
    );
    expect(screen.text()).toContain('2 changes wait for you, 296 renders in all');
    await screen.settle(DEAF_MS);
    await screen.click(screen.button('Approve all 2'));
    expect(screen.desk.calls.find(({ name }) => name === 'chat.decide_all')?.request).toEqual({
      approvals: [wanted, other].map(({ id, shown }) => ({ id, shown })),
      decision: 'approve',
    });
  });

  it('shows what was decided at another desk', async () => {
    const rejected = toolCall('create_order', { id: wanted.id, state: 'rejected', result: { rejected: true } });
    let stored = [question];
    await untilApproval({ 'chat.messages': () => ok(stored) });
    stored = [question, message('assistant', 'Not ordered.', { id: responseId, tool_calls: [rejected] })];
    const changed = {
      type: 'chat.changed',
      user_id: uuid(),
      session_id: session,
      seq: 7,
      at: question.created_at,
    } as const;
    await act(async () => applyPipelineEvents(screen.client, [changed]));
    await screen.settle(60);
    expect(screen.text()).toContain('Not ordered.');
    expect(document.querySelector('section[aria-label^=Approval]')).toBeNull();
  });

  it('rejects with a reason', async () => {
    await untilApproval({
      'chat.decide': () =>
        ok(outcome({ status: 'done', response: message('assistant', 'Not ordered.', { id: responseId }) })),
    });
    await screen.settle(DEAF_MS);
    await screen.click(screen.button('Reject…'));
    await screen.type(screen.find('[aria-label^="Reason"]'), 'too many');
    await screen.click(screen.button('Reject'));
    expect(decisions()).toEqual([{ id: wanted.id, shown: wanted.shown, decision: 'reject', reason: 'too many' }]);
    expect(screen.text()).toContain('Not ordered.');
  });

  it('gives back the words of a message that could not be sent, with the reason', async () => {
    await panel({ 'chat.send': () => fail('token_limit_reached') });
    await send('Render everything');
    await screen.settle();
    expect(screen.text()).toContain("This month's token limit of your company is reached.");
    expect(screen.find('#composer')).toHaveProperty('value', 'Render everything');
  });

  it('shows why a turn failed before its first word', async () => {
    const error = { code: 'model_unreachable', message: 'The model endpoint cannot be reached.' } as const;
    const failed = outcome({ status: 'failed', error });
    await panel({
      'chat.send': () => ok(failed),
      'chat.messages': () => ok([question, message('assistant', '', { id: responseId, status: 'failed', error })]),
    });
    await send(question.content);
    await screen.settle(60);
    expect(screen.text()).toContain('The model endpoint cannot be reached.');
    await screen.click(screen.button('Try again'));
    expect(screen.desk.calls.filter(({ name }) => name === 'chat.regenerate')).toHaveLength(1);
  });

  it('sends the dropped list and what is open along, and can leave it off', async () => {
    await panel({ 'chat.send': () => fail('turn_running') }, deskState(), { type: 'order', id: 'SA-2026-00160' });
    const file = new File(['KL-6205'], 'liste.csv');
    Object.defineProperty(screen.find('input[type=file]'), 'files', { value: [file] });
    await act(async () => void screen.find('input[type=file]').dispatchEvent(new Event('change', { bubbles: true })));
    await screen.settle(60);
    expect(screen.text()).toContain('148 products, 3 not found');
    await send('Order these');
    const request = screen.desk.calls.find(({ name }) => name === 'chat.send')?.request;
    expect(request).toEqual({
      message: 'Order these',
      session_id: null,
      context_type: 'order',
      context_id: 'SA-2026-00160',
      selection_id: 'sel_list',
    });
    await screen.settle();
    await screen.click(screen.button('Talk without Order SA-2026-00160'));
    await screen.click(screen.button('Send'));
    expect(screen.desk.calls.filter(({ name }) => name === 'chat.send').at(-1)?.request).not.toHaveProperty(
      'context_id',
    );
  });

  it('says in the desk’s words why nothing can be sent', async () => {
    const words = 'AI not configured — ask your admin to set up Azure OpenAI in Tenant Settings';
    await panel({}, deskState({ ai: { state: 'not_configured', message: words } }));
    expect(screen.find('[role=alert]').textContent).toContain(words);
    expect(document.querySelector('#composer')).toBeNull();
  });
});
