import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decision, PendingApproval } from '../../shared/contract/index.ts';
import { fail, unwrap } from '../../shared/errors/index.ts';
import {
  failing,
  failingWrite,
  startChatPipeline,
  type ChatPipeline,
  type OpenChat,
} from '../../tests/helpers/chat-pipeline.ts';

let pipeline: ChatPipeline;
beforeAll(async () => {
  pipeline = await startChatPipeline();
});
afterAll(() => pipeline.stop());

const unheard = (): void => undefined;
const yes: Decision = { decision: 'approve' };
interface Waiting {
  chat: OpenChat;
  session_id: string;
  pending: PendingApproval;
  decide(decision: Decision): ReturnType<OpenChat['decide']>;
}

/** A desk with a turn that waits for a person. */
async function waitFor(call = pipeline.draft): Promise<Waiting> {
  const chat = pipeline.openScripted([{ calls: [call] }, 'So it is.']);
  const { session_id, pending_approvals } = unwrap(await chat.send({ message: 'Do it' }, unheard));
  const [pending] = pending_approvals;
  if (!pending) throw new Error('nothing waits');
  return { chat, session_id, pending, decide: (decision) => chat.decide(pending.id, decision, unheard) };
}

/** It waits as it did, and a yes still counts. */
async function expectStillWaiting({ chat, session_id, pending, decide }: Waiting): Promise<void> {
  chat.faults.clear();
  expect(unwrap(await chat.approvals()).find(({ id }) => id === pending.id)).toEqual(pending);
  expect(await pipeline.lastOf(session_id)).toMatchObject({ status: 'waiting', error: null });
  expect(unwrap(await decide({ ...yes, shown: pending.shown })).status).toBe('done');
}

describe('a decision that cannot be taken down', () => {
  it.each([
    ['what waits cannot be read', 'toolCalls', failing('unavailable'), 'unavailable'],
    ['the chat cannot be read', 'messages', failing('unavailable'), 'unavailable'],
    ['the turn cannot be taken', 'putMessage', failing('unavailable'), 'unavailable'],
    ['it cannot be written', 'putToolCall', failing('unavailable'), 'unavailable'],
    ['somebody else wrote one in the same moment', 'putToolCall', failing('state_conflict'), 'approval_gone'],
  ])('leaves the change waiting, where %s', async (_why, request, fault, code) => {
    const waiting = await waitFor();
    waiting.chat.faults.set(request, fault);
    expect(await waiting.decide(yes)).toMatchObject({ ok: false, failure: { code } });
    await expectStillWaiting(waiting);
  });

  it('leaves it waiting where the policy cannot be read, and says so where the turn cannot be let go of', async () => {
    const waiting = await waitFor();
    const blind = pipeline.openChat({ rules: () => Promise.resolve(fail('unavailable')) });
    expect(await blind.decide(waiting.pending.id, yes, unheard)).toMatchObject({ failure: { code: 'unavailable' } });
    waiting.chat.faults.set('putToolCall', failing('unavailable'));
    waiting.chat.faults.set('putMessage', failingWrite('unavailable', 'waiting'));
    expect(await waiting.decide(yes)).toMatchObject({ failure: { code: 'unavailable' } });
    expect(waiting.chat.lines).toEqual([expect.stringContaining('a waiting turn was not let go of')]);
  });

  it('is refused of what nobody waits for', async () => {
    const { chat } = await waitFor();
    expect(await chat.decide(randomUUID(), yes, unheard)).toMatchObject({ failure: { code: 'approval_gone' } });
    const rows = { id: randomUUID(), shown: '', only: 'all' } as const;
    expect(await chat.approvalRows(rows)).toMatchObject({ failure: { code: 'approval_gone' } });
  });
});

describe('a turn that another desk has', () => {
  it('is waited for, and the decision then counts', async () => {
    const waiting = await waitFor();
    let held = 2;
    const elsewhere = failingWrite('state_conflict', 'running');
    waiting.chat.faults.set('putMessage', (...request) => (held-- > 0 ? elsewhere(...request) : undefined));
    expect(unwrap(await waiting.decide(yes)).status).toBe('done');
    expect(held).toBeLessThan(1);
  });

  it('is not decided again where that desk decided meanwhile, and not on a guess where it can’t be read', async () => {
    for (const [read, code] of [
      [undefined, 'approval_gone'],
      [failing('unavailable'), 'unavailable'],
    ] as const) {
      const waiting = await waitFor();
      const other = pipeline.openChat();
      const before = await pipeline.countOrders();
      waiting.chat.faults.set('putMessage', async () => {
        if (read) waiting.chat.faults.set('messages', read);
        else await other.decide(waiting.pending.id, { decision: 'reject', reason: 'No' }, unheard);
        return fail('state_conflict');
      });
      expect(await waiting.decide(yes)).toMatchObject({ failure: { code } });
      expect(await pipeline.countOrders()).toBe(before);
    }
  });
});

describe('a standing approval given along', () => {
  const grant = { max_items: 3, max_changes: 2 };

  it('that can not be had approves nothing', async () => {
    const waiting = await waitFor();
    waiting.chat.faults.set('makeGrant', failing('unavailable'));
    expect(await waiting.decide({ ...yes, grant })).toMatchObject({ failure: { code: 'unavailable' } });
    waiting.chat.faults.clear();
    expect(await waiting.decide({ ...yes, grant, shown: 'something else' })).toMatchObject({
      failure: { code: 'approval_changed' },
    });
    await expectStillWaiting(waiting);
  });

  it('is refused for changes of a kind that is asked for each time', async () => {
    const order = unwrap(await pipeline.client.read.orders({ status: 'draft', limit: 1 })).items[0];
    const waiting = await waitFor(['cancel_order', { order_id: order?.number }]);
    const refused = await waiting.decide({ ...yes, grant });
    expect(refused).toMatchObject({ failure: { code: 'validation_failed' } });
    expect(unwrap(await pipeline.client.read.order(order?.id ?? '')).status).toBe('draft');
    // Nor can anything be taken out of it.
    const less = await waiting.decide({ ...yes, without: [pipeline.product] });
    expect(less).toMatchObject({ failure: { message: expect.stringContaining('no products') as string } });
    expect(unwrap(await waiting.decide({ decision: 'reject' })).status).toBe('done');
  });
});

describe('an edited change', () => {
  const edited = () => ({ ...yes, arguments: { ...pipeline.draft[1], output_type_name: 'Web Standard' } });

  it('waits as it was where its new effect can not be had', async () => {
    const waiting = await waitFor();
    const wrong = { ...yes, arguments: { output_type_name: 7 } };
    expect(await waiting.decide(wrong)).toMatchObject({ failure: { code: 'validation_failed' } });
    waiting.chat.faults.set('dryRun', failing('unavailable'));
    expect(await waiting.decide(edited())).toMatchObject({ failure: { code: 'unavailable' } });
    waiting.chat.faults.clear();
    waiting.chat.faults.set('putToolCall', failing('state_conflict'));
    expect(await waiting.decide(edited())).toMatchObject({ failure: { code: 'approval_gone' } });
    await expectStillWaiting(waiting);
  });

  it('that takes products out of a list says where that list is gone or can’t be cut', async () => {
    const { createSelection } = pipeline.client.read;
    const all = unwrap(await createSelection({ product_ids: [pipeline.product] }, randomUUID()));
    const order = { selection_id: all.id, output_type_name: 'Thumbnail', dispatch: false };
    const waiting = await waitFor(['create_order', order]);
    const less = { ...yes, without: [pipeline.product] };
    for (const [request, told, code] of [
      ['selection', 'not_found', 'selection_expired'],
      ['selection', 'unavailable', 'unavailable'],
      ['createSelection', 'unavailable', 'unavailable'],
    ] as const) {
      waiting.chat.faults.clear();
      waiting.chat.faults.set(request, failing(told));
      expect(await waiting.decide(less)).toMatchObject({ failure: { code } });
    }
    await expectStillWaiting(waiting);
  });

  it('shows no rows that the pipeline can not work out', async () => {
    const { chat, pending } = await waitFor();
    const rows = { id: pending.id, shown: pending.shown, only: 'all' } as const;
    for (const request of ['messages', 'dryRunRows']) {
      chat.faults.clear();
      chat.faults.set(request, failing('unavailable'));
      expect(await chat.approvalRows(rows)).toMatchObject({ failure: { code: 'unavailable' } });
    }
    // The user is a viewer by now: the change is none that they could make.
    const me = { ...pipeline.me, user: { ...pipeline.me.user, role: 'viewer' as const } };
    const viewer = pipeline.openChat({ me });
    expect(await viewer.approvalRows(rows)).toMatchObject({ ok: false });
  });
});

describe('an undo by a click', () => {
  it('begins nothing where it can not be written down', async () => {
    const waiting = await waitFor();
    const { chat, session_id, pending } = waiting;
    const blind = pipeline.openChat({ rules: () => Promise.resolve(fail('unavailable')) });
    unwrap(await waiting.decide(yes));
    const undo = { session_id, id: pending.id };
    expect(await blind.undo(undo, unheard)).toMatchObject({ failure: { code: 'unavailable' } });
    for (const request of ['messages', 'putMessage', 'putToolCall']) {
      chat.faults.clear();
      chat.faults.set(request, failing('unavailable'));
      expect(await chat.undo(undo, unheard)).toMatchObject({ failure: { code: 'unavailable' } });
    }
    chat.faults.clear();
    // The turn that was begun is over, and keeps nobody from trying again at once.
    expect(await pipeline.lastOf(session_id)).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    expect(unwrap(await chat.undo(undo, unheard))).toMatchObject({ status: 'waiting' });
  });
});
