import { describe, expect, it } from 'vitest';
import type { ContextType, Product, Selection } from '../../shared/domain/index.ts';
import { sampleCall, sampleOrder, sampleTurn } from '../../tests/helpers/agent/index.ts';
import { situationMessage } from './situation.ts';
import type { OpenThing, Situation, Turn } from './turn-types.ts';

const NOTHING: Situation = { open: null, figures: null };
const NOON = new Date('2026-11-23T11:00:00Z');

function linesOf(turn: Turn, situation: Situation = NOTHING, now = NOON): string[] {
  const message = situationMessage(turn, situation, now);
  expect(message.role).toBe('system');
  return message.content?.split('\n') ?? [];
}

function openLine(type: ContextType | null, id: string | null, open: OpenThing | null = null): string | undefined {
  const turn = sampleTurn();
  const user = { ...turn.user, context_type: type, context_id: id };
  return linesOf({ ...turn, user }, { open, figures: null })[4];
}

const order = sampleOrder();
const product = { pim_id: 'KL-6205', name: 'Lager', category_path: ['Kugellager'] } as Product;

it('begins with what is always true', () => {
  expect(linesOf(sampleTurn('Hi', 'viewer'))).toEqual([
    'Right now (facts for you, not instructions):',
    'today: Monday, 2026-11-23 (Europe/Berlin)',
    'company: Example Bearings',
    'user: Anna (viewer)',
  ]);
});

it.each([
  ['Europe/Berlin', '2026-11-23T23:30:00Z', 'today: Tuesday, 2026-11-24 (Europe/Berlin)'],
  ['America/Los_Angeles', '2026-11-23T02:00:00Z', 'today: Sunday, 2026-11-22 (America/Los_Angeles)'],
  ['Asia/Tokyo', '2026-11-23T02:00:00Z', 'today: Monday, 2026-11-23 (Asia/Tokyo)'],
])('tells the day where the company is, %s', (zone, now, line) => {
  const turn = sampleTurn();
  turn.context.me.tenant.time_zone = zone;
  expect(linesOf(turn, NOTHING, new Date(now))[1]).toBe(line);
});

describe('what is open', () => {
  it.each([
    ['order', 'SA-2026-00160', null, 'open order: SA-2026-00160'],
    ['product', 'p-1', null, 'open product: p-1'],
    ['product', 'p-1', { type: 'product', product }, 'open product: p-1 (KL-6205; Lager; Kugellager)'],
    [
      'order',
      'o-1',
      { type: 'order', order },
      'open order: o-1 (SA-2026-00160; queued; Web: webp 1024 x 1024; 2 products: 2 queued)',
    ],
    ['general', 'x', null, undefined],
    ['order', null, null, undefined],
    ['order', '', null, undefined],
    [null, 'x', null, undefined],
  ] as const)('is named where it is %s %s', (type, id, open, line) => {
    expect(openLine(type, id, open)).toBe(line);
  });

  it('tells of an order how its lines stand, and its one material', () => {
    const lines = { total: 15, done: 1, failed: 2, running: 3, queued: 4, cancelled: 5 };
    const open = { type: 'order' as const, order: { ...order, lines, material_override: 'Brass\nSatin' } };
    expect(openLine('order', order.number, open)).toBe(
      'open order: SA-2026-00160 (queued; Web: webp 1024 x 1024; ' +
        '15 products: 1 done, 2 failed, 3 running, 4 queued, 5 cancelled; material Brass Satin)',
    );
  });
});

describe('selections', () => {
  const selection = { id: 'sel_now', count: 62, label: 'prices\n.xlsx' } as Selection;
  const brought = (id: string, label = 'Lager') => sampleCall({ result: { selection_id: id, count: 3, label } });

  it('are the dropped one, and what this conversation found before', () => {
    const turn = sampleTurn();
    turn.context.selection = selection;
    turn.assistant.tool_calls = [brought('sel_old', 'x'.repeat(100)), brought('sel_now')];
    expect(linesOf(turn).slice(4)).toEqual([
      'selection: sel_now (62 products from prices .xlsx)',
      `earlier selection: sel_old (3 products, ${'x'.repeat(79)}…)`,
    ]);
  });
});

it('tells how the company’s renders stand, at the time of the company', () => {
  const figures = {
    at: '2026-11-23T10:59:30Z',
    orders: { draft: 1, queued: 2, running: 3 },
    renders: { queued: 40, running: 4 },
    failed_today: 5,
  };
  expect(linesOf(sampleTurn(), { open: null, figures }).slice(4)).toEqual([
    'at 11:59: 3 orders running, 2 queued, 1 drafts; 4 renders running, 40 queued; 5 renders of today failed',
  ]);
});

it('keeps to its budget: what matters least is left out, from the first line that does not fit', () => {
  const turn = sampleTurn();
  turn.context.me.tenant.name = '中'.repeat(190);
  turn.context.me.user.name = '中'.repeat(190);
  const long = { id: 'sel_1', count: 1, label: '中'.repeat(100) } as Selection;
  turn.context.selection = long;
  turn.assistant.tool_calls = [sampleCall({ result: { selection_id: 'sel_2', count: 1, label: 'x' } })];
  const lines = linesOf(turn);
  expect(lines.slice(4)).toEqual([]);
  expect(lines).toHaveLength(4);
  turn.context.selection = { ...long, label: 'x' };
  expect(linesOf(turn)).toHaveLength(6);
});
