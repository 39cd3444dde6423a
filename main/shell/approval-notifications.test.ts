import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PendingApproval, TurnEvent } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors/index.ts';
import { DeskStandIn } from '../../tests/helpers/desk-stand-in.ts';
import { notifyOfApprovals } from './approval-notifications.ts';
import { fitsNotification } from './fits-notification.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const { made } = electron.Notification;
const SESSION = '0190c2f0-0000-7000-8000-0000000000aa';
const small: PendingApproval = {
  id: '0190c2f0-0000-7000-8000-0000000000bb',
  session_id: SESSION,
  tool: 'create_order',
  arguments: {},
  effect: {
    summary: 'Order for 3 products, 3 WebP renders at 1024 x 1024',
    counts: { orders: 1, renders: 3 },
    sample: [],
  },
  expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  asked: 'first',
  shown: 'seen',
};
const withEffect = (effect: Partial<PendingApproval['effect']>): PendingApproval => ({
  ...small,
  effect: { ...small.effect, ...effect },
});

function watch(options: { focused?: boolean; actions?: boolean } = {}) {
  const desk = new DeskStandIn();
  const opened: string[] = [];
  const end = notifyOfApprovals({
    desk,
    anyFocused: () => options.focused ?? false,
    openChat: (session) => void opened.push(session),
    actions: options.actions ?? true,
    log: () => undefined,
  });
  const tell = (event: TurnEvent) => desk.push({ type: 'turn.event', session_id: SESSION, event });
  return { desk, opened, tell, end };
}

describe('what a notification may approve', () => {
  const fits = (approval: PendingApproval) => fitsNotification(approval, new Date());

  it('is one order of up to 20 renders whose whole effect can be read', () => {
    expect(fits(small)).toBe(true);
    expect(fits(withEffect({ counts: { orders: 1, renders: 20 } }))).toBe(true);
  });

  it.each<[string, PendingApproval]>([
    ['a render too many', withEffect({ counts: { orders: 1, renders: 21 } })],
    ['two orders', withEffect({ counts: { orders: 2, renders: 2 } })],
    ['no order', withEffect({ counts: { renders: 2 } })],
    ['renders nobody counted', withEffect({ counts: { orders: 1 } })],
    ['no renders', withEffect({ counts: { orders: 1, renders: 0 } })],
    ['a count that is none', withEffect({ counts: { orders: 1, renders: Number.NaN } })],
    ['a text that would be cut', withEffect({ summary: 'x'.repeat(141) })],
    ['a text that reads backwards', withEffect({ summary: 'Order for \u202E841 products' })],
    ['a text of two lines', withEffect({ summary: 'Order for 1 product\nand more' })],
    ['an expired one', { ...small, expires_at: '2020-01-01T00:00:00.000Z' }],
  ])('is not %s', (_what, approval) => {
    expect(fits(approval)).toBe(false);
  });
});

describe('a change that waits for a person', () => {
  beforeEach(() => {
    made.length = 0;
    electron.Notification.supported = true;
  });

  it('is told while no window is looked at, and a click opens its chat', () => {
    const { opened, tell } = watch();
    tell({ type: 'approval.requested', approval: small });
    expect(made[0]?.options.body).toBe(small.effect.summary);
    expect(made[0]?.shown).toBe(true);
    made[0]?.emit('click', {});
    expect(opened).toEqual([SESSION]);
  });

  it('is not told to somebody who looks at it, nor where there are no notifications', () => {
    watch({ focused: true }).tell({ type: 'approval.requested', approval: small });
    electron.Notification.supported = false;
    watch().tell({ type: 'approval.requested', approval: small });
    expect(made).toEqual([]);
  });

  it('is approved by the button, by its id and what it showed', async () => {
    const { desk, tell } = watch();
    tell({ type: 'approval.requested', approval: small });
    made[0]?.emit('action', {}, 0);
    await vi.waitFor(() => expect(desk.calls).toHaveLength(1));
    expect(desk.calls[0]).toEqual({
      name: 'chat.decide',
      request: { id: small.id, decision: 'approve', shown: 'seen' },
    });
  });

  it('opens the chat when the approval came too late', async () => {
    const { desk, opened, tell } = watch();
    desk.answers['chat.decide'] = () => fail('approval_gone');
    tell({ type: 'approval.requested', approval: small });
    made[0]?.emit('action', {}, 0);
    await vi.waitFor(() => expect(opened).toEqual([SESSION]));
  });

  it('has no button where it does not fit, or where the desktop has none', () => {
    watch().tell({ type: 'approval.requested', approval: withEffect({ counts: { orders: 1, renders: 400 } }) });
    watch({ actions: false }).tell({ type: 'approval.requested', approval: small });
    expect(made.map((notification) => notification.options.actions)).toEqual([undefined, undefined]);
    expect(made.map((notification) => notification.listenerCount('action'))).toEqual([0, 0]);
  });

  it('goes from the screen once it was decided elsewhere', () => {
    const { tell } = watch();
    tell({ type: 'approval.requested', approval: small });
    tell({
      type: 'tool.started',
      call: { ...small, state: 'running', result: null, said: null, expires_at: null, decided_by: 'user' },
    });
    expect(made[0]?.shown).toBe(false);
  });
});
