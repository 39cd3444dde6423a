import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { pipelineDouble, sampleCall, sampleOrder, sampleTurn, turnParts } from '../../tests/helpers/agent/index.ts';
import { createEntry, moveEntry } from './journal.ts';
import type { ModelAnswer } from './model-types.ts';
import { advanceCall, advanceChanges, takeCalls } from './run-calls.ts';
import { toolsOf } from './tools/index.ts';

type Call = [tool: string, args: object];
const tools = toolsOf('operator');
const create: Call = ['create_order', { selection_id: 's', output_type_name: 'Web' }];
const cancel = (order_id: string): Call => ['cancel_order', { order_id }];

function answerOf(text: string, ...calls: Call[]): ModelAnswer {
  const raw = calls.map(([name, args], at) => ({ id: `c${String(at)}`, name, arguments: JSON.stringify(args) }));
  return { text, calls: raw, finish: 'tool_calls', usage: null };
}

function setUp(read: object = {}) {
  const turn = sampleTurn();
  const stop = new AbortController();
  const parts = turnParts({ signal: stop.signal }, pipelineDouble({ read }));
  const { deps } = parts;
  const states = () => turn.assistant.tool_calls.map(({ state }) => state);
  const take = (...calls: Call[]) => takeCalls(turn, answerOf('', ...calls), tools, deps);
  return { ...parts, turn, stop, states, take, advance: () => advanceChanges(turn, tools, deps) };
}

const orders = (): Promise<Result<unknown>> =>
  Promise.resolve(ok({ items: [sampleOrder()], total: 1, next_cursor: null, total_exact: true }));

describe('the calls of an answer', () => {
  it('are journaled in their order, with what was said before them', async () => {
    const { turn, deps } = setUp({ orders });
    const taken = await takeCalls(turn, answerOf('Looking.', ['list_orders', {}], create), tools, deps);
    expect(taken.ok && taken.value).toMatchObject([
      { step: 0, position: 0, model_call_id: 'c0', said: 'Looking.', tool: 'list_orders', state: 'done' },
      {
        step: 0,
        position: 1,
        model_call_id: 'c1',
        said: null,
        tool: 'create_order',
        arguments: create[1],
        state: 'proposed',
      },
    ]);
    const next = await takeCalls(turn, answerOf('', ['list_orders', {}]), tools, deps);
    expect(next.ok && next.value).toMatchObject([{ step: 1, position: 2, said: null }]);
  });

  it('are on record before any read of them runs', async () => {
    let journaled: string[] = [];
    const set = setUp({
      orders: () => {
        journaled = [...set.store.log];
        return orders();
      },
    });
    await set.take(['list_orders', {}], create, ['no_such_tool', {}]);
    expect(journaled).toEqual(['create_order:proposed']);
    expect(set.states()).toEqual(['done', 'proposed', 'failed']);
  });

  it('fail the turn where they cannot be journaled', async () => {
    for (const call of [create, ['list_orders', {}] as Call]) {
      const { store, take } = setUp({ orders });
      store.saveToolCall = () => Promise.resolve(fail('pipeline_unreachable'));
      expect(await take(call)).toEqual(fail('pipeline_unreachable'));
    }
  });
});

describe('the changes of a turn', () => {
  it('are settled where there is none, or all are at their end', async () => {
    const { turn, advance, stop } = setUp();
    expect(await advance()).toEqual(ok('settled'));
    turn.assistant.tool_calls = [sampleCall({ state: 'done' }), sampleCall({ state: 'rejected' })];
    expect(await advance()).toEqual(ok('settled'));
    stop.abort();
    expect(await advance()).toEqual(fail('stopped'));
  });

  it('of one order are put before a person one after another, however the order is written', async () => {
    const { take, advance, states } = setUp();
    await take(cancel('sa-1'), create, create, cancel('SA-2'), cancel('SA-1'));
    expect(await advance()).toEqual(ok('waiting'));
    expect(states()).toEqual(['awaiting', 'awaiting', 'awaiting', 'awaiting', 'proposed']);
  });

  it('of an order wait for one that an unfinished change of another kind touches', async () => {
    const { take, advance, states } = setUp();
    await take(cancel('SA-1'), ['set_material_override', { order_id: 'SA-1', material_name: null }]);
    await advance();
    expect(states()).toEqual(['awaiting', 'proposed']);
    await advance();
    expect(states()).toEqual(['awaiting', 'proposed']);
  });

  it('that a stop finds before they ran are cancelled, and told so; what waits goes on waiting', async () => {
    const { take, advance, states, stop, notices, turn } = setUp();
    await take(create);
    await advance();
    await take(create, cancel('SA-1'));
    stop.abort();
    notices.splice(0);
    expect(await advance()).toEqual(ok('waiting'));
    expect(states()).toEqual(['awaiting', 'cancelled', 'cancelled']);
    expect(turn.assistant.tool_calls[1]?.result).toMatchObject({ cancelled: true, happened: false });
    expect(notices).toMatchObject([
      { type: 'tool.finished', call: { state: 'cancelled' } },
      { type: 'tool.finished', call: { state: 'cancelled' } },
    ]);
  });

  it('fail the turn where one cannot be moved on, and tell of nothing', async () => {
    const { take, advance, store, stop, notices, pipeline } = setUp();
    await take(create, create);
    const save = store.saveToolCall.bind(store);
    store.saveToolCall = () => Promise.resolve(fail('pipeline_unreachable'));
    expect(await advance()).toEqual(fail('pipeline_unreachable'));
    stop.abort();
    expect(await advance()).toEqual(fail('pipeline_unreachable'));
    expect(notices).toEqual([]);
    store.saveToolCall = save;
    expect(pipeline.sent).toEqual([]);
  });

  it('do not overtake one that waits: what policy lets pass stays behind it', async () => {
    const set = setUp();
    await set.take(create);
    await set.advance();
    set.deps.rules = { run: 'auto', tenant: { policy: 'never', max_renders: 20, max_orders: 1 } };
    await set.take(create);
    expect(await set.advance()).toEqual(ok('waiting'));
    expect(set.states()).toEqual(['awaiting', 'proposed']);
    const [first] = set.turn.assistant.tool_calls;
    if (first) await moveEntry(set.store, set.turn, first, { state: 'approved' });
    expect(await set.advance()).toEqual(ok('settled'));
    expect(set.states()).toEqual(['done', 'done']);
  });
});

describe('a stored change', () => {
  const stored = async (more: Partial<JournalEntry>, role: 'operator' | 'viewer') => {
    const { turn, store, deps, pipeline } = setUp();
    const entry = sampleCall({ tool: 'create_order', arguments: create[1] as JournalEntry['arguments'], ...more });
    const created = await createEntry(store, turn, { ...entry, state: 'approved', idempotency_key: 'key-1' });
    if (!created.ok) throw new Error(created.failure.message);
    const moved = await advanceCall(turn, created.value, toolsOf(role), deps);
    return { moved, sent: pipeline.sent.length };
  };

  it('goes on from where it was', async () => {
    expect(await stored({}, 'operator')).toMatchObject({ moved: { value: { state: 'done' } }, sent: 1 });
  });

  it.each([
    ['the user lost the role', {}, 'viewer', 'There is no tool of that name'],
    ['its arguments are no longer taken', { arguments: {} }, 'operator', 'The arguments are not valid'],
    ['it turned into a read', { tool: 'list_orders', arguments: {} }, 'operator', 'not valid'],
  ] as const)('fails where %s meanwhile, and is not sent', async (_what, more, role, message) => {
    const { moved, sent } = await stored(more, role);
    expect(moved).toMatchObject({
      ok: true,
      value: {
        state: 'failed',
        result: { error: { code: 'validation_failed', message: expect.stringContaining(message) as string } },
      },
    });
    expect(sent).toBe(0);
  });
});
