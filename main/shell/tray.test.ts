import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../shared/errors/index.ts';
import { DeskStandIn } from '../../tests/helpers/desk-stand-in.ts';
import { watchDeskCounts, type DeskCounts } from './desk-counts.ts';
import { createTray } from './tray.ts';

const electron = await vi.hoisted(async () => (await import('../../tests/helpers/electron/index.ts')).createElectron());
vi.mock('electron', () => electron);

const actions = { openMain: vi.fn(), openQuick: vi.fn(), toggleChat: vi.fn(), quit: vi.fn() };

describe('the tray', () => {
  beforeEach(() => {
    electron.Tray.made.length = 0;
    electron.Tray.missing = false;
  });

  it('offers the ways in, what waits and what runs', () => {
    const tray = createTray('/icons', actions, () => undefined);
    tray?.show({ approvals: 1, runningOrders: 2 });
    expect(electron.Tray.made[0]?.menu?.labels()).toEqual([
      'Open Renderdesk',
      'Quick command…',
      undefined,
      '1 change waits for approval',
      '2 orders are running',
      undefined,
      'Quit',
    ]);
    electron.Tray.made[0]?.emit('click');
    expect(actions.openMain).toHaveBeenCalledOnce();
  });

  it('does not claim to know what it was not told', () => {
    createTray('/icons', actions, () => undefined);
    expect(electron.Tray.made[0]?.menu?.labels()).toContain('Approvals: not known');
  });

  it('is null, with a line in the log, on a desktop without one', () => {
    electron.Tray.missing = true;
    const lines: string[] = [];
    expect(createTray('/icons', actions, (line) => void lines.push(line))).toBeNull();
    expect(lines).toHaveLength(1);
  });
});

describe('the counts of the desk', () => {
  it('are looked at on the start and after changes, not after every word of an answer', async () => {
    vi.useFakeTimers();
    const desk = new DeskStandIn();
    const told: DeskCounts[] = [];
    const end = watchDeskCounts(desk, (counts) => void told.push(counts));
    await vi.advanceTimersByTimeAsync(1000);
    desk.answers['chat.approvals'] = () => ok([]);
    desk.answers['orders.list'] = () => ok({ items: [], next_cursor: null, total: 4, total_exact: true });
    desk.push({ type: 'turn.event', session_id: 's', event: { type: 'text.delta', text: 'a' } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([{ approvals: null, runningOrders: null }]);
    for (let change = 0; change < 5; change += 1) {
      desk.push({ type: 'pipeline.event', event: { type: 'reload', seq: change } });
    }
    await vi.advanceTimersByTimeAsync(1000);
    end();
    desk.push({ type: 'pipeline.event', event: { type: 'reload', seq: 9 } });
    await vi.advanceTimersByTimeAsync(1000);
    expect(told.slice(1)).toEqual([{ approvals: 0, runningOrders: 4 }]);
    vi.useRealTimers();
  });
});
