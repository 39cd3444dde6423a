import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/errors/index.ts';
import {
  moved,
  pipelineDouble,
  sampleOrder,
  sampleTurn,
  scriptedModel,
  turnParts,
  type PipelineDouble,
  type ScriptedModel,
} from '../../tests/helpers/agent/index.ts';
import type { ApprovalRules } from '../approvals/index.ts';
import { moveEntry } from './journal.ts';
import { runTurn } from './run-loop.ts';
import type { Turn } from './turn-types.ts';

const rulesOf = (run: ApprovalRules['run'], policy: ApprovalRules['tenant']['policy'] = 'above_limits') => ({
  run,
  tenant: { policy, max_renders: 20, max_orders: 1 },
});
const order = ['create_order', { selection_id: 'sel_1', output_type_name: 'Web' }] as [string, unknown];

function setUp(
  model: ScriptedModel,
  more: { pipeline?: PipelineDouble; rules?: ApprovalRules; turn?: Turn; signal?: AbortSignal } = {},
) {
  const turn = more.turn ?? sampleTurn('Render all');
  const { signal = new AbortController().signal, rules = rulesOf('ask') } = more;
  const { deps, ...parts } = turnParts({ ask: model.ask, rules, signal }, more.pipeline);
  return { run: () => runTurn(turn, deps), turn, deps, ...parts };
}

async function approve({ deps, turn }: ReturnType<typeof setUp>, decided_by = 'user') {
  const call = turn.assistant.tool_calls.find(({ state }) => state === 'awaiting');
  if (!call) throw new Error('nothing waits');
  await moveEntry(deps.store, turn, call, { state: 'approved', decided_by, decided_at: new Date().toISOString() });
}

describe('a turn', () => {
  it('answers with the text that was streamed', async () => {
    const turn = setUp(scriptedModel('Four orders.'));
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Four orders.' }));
    expect(turn.notices).toEqual([{ type: 'text.delta', text: 'Four orders.' }]);
    expect(turn.turn.assistant.token_count).toBe(15);
  });

  it('runs the reads of a step side by side and tells the model their results', async () => {
    let running = 0;
    let most = 0;
    const read = {
      orders: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 20));
        running--;
        return ok({ items: [sampleOrder()], total: 1, next_cursor: null, total_exact: true });
      },
    };
    const model = scriptedModel(
      {
        say: 'Looking.',
        calls: [
          ['list_orders', {}],
          ['list_orders', { limit: 1 }],
        ],
      },
      'One.',
    );
    const turn = setUp(model, { pipeline: pipelineDouble({ read }) });
    expect((await turn.run()).ok).toBe(true);
    expect(most).toBe(2);
    const told = model.asked[1]?.filter(({ role }) => role === 'tool');
    expect(told?.map(({ content }) => JSON.parse(content ?? '') as unknown)).toEqual([
      expect.objectContaining({ total: 1 }),
      expect.objectContaining({ total: 1 }),
    ]);
    expect(turn.turn.assistant.tool_calls.map(({ said, state }) => [said, state])).toEqual([
      ['Looking.', 'done'],
      [null, 'done'],
    ]);
  });

  it('answers a made-up tool and bad arguments to the model, and gives up when it does not learn', async () => {
    const bad = {
      calls: [
        ['drop_table', {}],
        ['list_orders', '{"limit": '],
        ['list_orders', { limit: -1 }],
      ] as [string, unknown][],
    };
    const model = scriptedModel(bad, bad, bad);
    const end = await setUp(model).run();
    expect(end).toMatchObject({ ok: false, failure: { code: 'model_failed' } });
    const told = JSON.stringify(model.asked[1]);
    expect(told).toContain('There is no tool of that name. Tools: list_orders');
    expect(told).toContain('not valid JSON');
    expect(told).toContain('limit: ');
  });

  it('stops a model that never stops calling tools', async () => {
    const read = { orders: () => Promise.resolve(ok({ items: [], total: 0, next_cursor: null, total_exact: true })) };
    const again = { calls: [['list_orders', {}]] as [string, unknown][] };
    const model = scriptedModel(...Array.from({ length: 20 }, () => again));
    const end = await setUp(model, { pipeline: pipelineDouble({ read }) }).run();
    expect(end).toMatchObject({ ok: false, failure: { code: 'step_limit' } });
    expect(model.asked.length).toBe(16);
  });

  it('gives a viewer no way to change anything', async () => {
    const model = scriptedModel({ calls: [order] }, 'I cannot.');
    const turn = setUp(model, { turn: sampleTurn('Render', 'viewer'), rules: rulesOf('auto', 'never') });
    await turn.run();
    expect(turn.pipeline.sent).toEqual([]);
    expect(turn.turn.assistant.tool_calls[0]?.state).toBe('failed');
  });

  it('ends with the failure of the model', async () => {
    expect(await setUp(scriptedModel(fail('model_timeout'))).run()).toEqual(fail('model_timeout'));
  });
});

describe('a change', () => {
  it('waits for a person with the effect of the dry run, and then runs exactly once as shown', async () => {
    const model = scriptedModel({ calls: [order] }, 'Done.');
    const turn = setUp(model);
    expect(await turn.run()).toEqual(ok({ status: 'waiting' }));
    expect(turn.pipeline.sent).toEqual([]);
    expect(turn.notices.at(-1)).toMatchObject({
      type: 'approval.requested',
      approval: { effect: { counts: { renders: 2 } } },
    });
    expect(await turn.run()).toEqual(ok({ status: 'waiting' }));

    await approve(turn);
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Done.' }));
    const [call] = turn.turn.assistant.tool_calls;
    expect(turn.pipeline.sent).toEqual([
      expect.objectContaining({
        snapshot: 's1',
        key: call?.idempotency_key,
        origin: `assistant; tool_call=${String(call?.id)}`,
      }),
    ]);
    expect(turn.store.log).toEqual(
      ['awaiting', 'approved', 'running', 'done']
        .map((state) => `create_order:${state}`)
        .toSpliced(0, 0, 'create_order:proposed'),
    );
    expect(model.asked.length).toBe(2);
  });

  it('asks again where the world moved between the approval and the change', async () => {
    const turn = setUp(scriptedModel({ calls: [order] }, 'Done.'), {
      pipeline: pipelineDouble({ answers: [moved(900, 's9')] }),
    });
    await turn.run();
    await approve(turn);
    expect(await turn.run()).toEqual(ok({ status: 'waiting' }));
    expect(turn.turn.assistant.tool_calls[0]).toMatchObject({
      state: 'awaiting',
      snapshot: 's9',
      effect: { counts: { renders: 900 } },
    });
    await approve(turn);
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Done.' }));
    expect(turn.pipeline.sent.map(({ snapshot }) => snapshot)).toEqual(['s1', 's9']);
    expect(new Set(turn.pipeline.sent.map(({ key }) => key)).size).toBe(1);
  });

  it('sends a change whose answer got lost again under the same key', async () => {
    const pipeline = pipelineDouble({ answers: [fail('pipeline_unreachable'), fail('in_flight')] });
    const turn = setUp(scriptedModel({ calls: [order] }, 'Done.'), { pipeline, rules: rulesOf('auto') });
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Done.' }));
    expect(pipeline.sent.length).toBe(3);
    expect(new Set(pipeline.sent.map(({ key }) => key)).size).toBe(1);
  });

  it('runs unasked below the limits, asks above them, and is refused in a run that denies', async () => {
    const below = setUp(scriptedModel({ calls: [order] }, 'Done.'), { rules: rulesOf('auto') });
    expect(await below.run()).toEqual(ok({ status: 'done', text: 'Done.' }));
    const above = setUp(scriptedModel({ calls: [order] }), {
      rules: rulesOf('auto'),
      pipeline: pipelineDouble({ renders: 21 }),
    });
    expect(await above.run()).toEqual(ok({ status: 'waiting' }));
    const model = scriptedModel({ calls: [order] }, 'I may not.');
    const denied = setUp(model, { rules: rulesOf('deny', 'never') });
    expect((await denied.run()).ok).toBe(true);
    expect(denied.pipeline.sent).toEqual([]);
    expect(JSON.stringify(model.asked[1])).toContain('rejected');
  });

  it('puts the changes of one step before a person side by side and runs them as they are approved', async () => {
    const turn = setUp(scriptedModel({ calls: [order, order] }, 'Both done.'));
    await turn.run();
    expect(turn.turn.assistant.tool_calls.map(({ state }) => state)).toEqual(['awaiting', 'awaiting']);
    await approve(turn);
    expect(await turn.run()).toEqual(ok({ status: 'waiting' }));
    expect(turn.turn.assistant.tool_calls.map(({ state }) => state)).toEqual(['done', 'awaiting']);
    await approve(turn);
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Both done.' }));
    expect(turn.pipeline.sent.map(({ snapshot }) => snapshot)).toEqual(['s1', 's2']);
  });

  it('works the effect of a second change of one order out on what the first one left', async () => {
    const material = (name: string) => ['set_material_override', { order_id: 'SA-2026-00160', material_name: name }];
    const calls = [material('Steel-Bare'), order, material('Brass-Satin')] as [string, unknown][];
    const turn = setUp(scriptedModel({ calls }, 'All done.'));
    const states = () => turn.turn.assistant.tool_calls.map(({ state }) => state);
    await turn.run();
    expect(states()).toEqual(['awaiting', 'awaiting', 'proposed']);
    await approve(turn);
    await turn.run();
    expect(states()).toEqual(['done', 'awaiting', 'awaiting']);
    expect(turn.turn.assistant.tool_calls.map(({ snapshot }) => snapshot)).toEqual(['s1', 's2', 's3']);
  });

  it('lets nothing that policy would pass overtake a change that waits for a person', async () => {
    const pipeline = pipelineDouble({ renders: 21 });
    const turn = setUp(scriptedModel({ calls: [order, order] }, 'Both done.'), { pipeline, rules: rulesOf('auto') });
    const dryRun = pipeline.client.dryRun;
    let tries = 0;
    pipeline.client.dryRun = async (change, signal) => {
      const tried = await dryRun(change, signal);
      if (tried.ok && ++tries > 1) tried.value.effect.counts['renders'] = 2;
      return tried;
    };
    expect(await turn.run()).toEqual(ok({ status: 'waiting' }));
    expect(turn.turn.assistant.tool_calls.map(({ state }) => state)).toEqual(['awaiting', 'proposed']);
    await approve(turn);
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Both done.' }));
    expect(pipeline.sent.length).toBe(2);
  });

  it('never tells of a change that happened as failed, however much was approved', async () => {
    const ids = Array.from({ length: 1000 }, () => crypto.randomUUID());
    const model = scriptedModel({ calls: [['create_order', { product_ids: ids, output_type_name: 'Web' }]] }, 'Done.');
    const turn = setUp(model);
    await turn.run();
    await approve(turn, 'user:edited');
    await turn.run();
    expect(turn.turn.assistant.tool_calls[0]).toMatchObject({
      state: 'done',
      result: { edited: true, arguments_used: { product_ids: '1000 products' } },
    });
  });

  it('tells the model what a person changed', async () => {
    const model = scriptedModel({ calls: [order] }, 'Done.');
    const turn = setUp(model);
    await turn.run();
    await approve(turn, 'user:edited');
    await turn.run();
    expect(JSON.stringify(model.asked[1]?.at(-1))).toContain('edited');
  });

  it('tells the model what the pipeline refused', async () => {
    const pipeline = pipelineDouble({ answers: [fail('illegal_state')] });
    const model = scriptedModel({ calls: [order] }, 'It cannot be done.');
    await setUp(model, { pipeline, rules: rulesOf('auto') }).run();
    expect(JSON.stringify(model.asked[1]?.at(-1))).toContain('illegal_state');
  });

  it('does not run when another desk decided meanwhile', async () => {
    const turn = setUp(scriptedModel({ calls: [order] }));
    await turn.run();
    const [call] = turn.turn.assistant.tool_calls;
    const stale = structuredClone(turn.turn);
    await approve(turn);
    if (call) expect(await moveEntry(turn.store, stale, call, { state: 'approved' })).toEqual(fail('state_conflict'));
  });
});

describe('a stop', () => {
  it('cancels what has not run', async () => {
    const abort = new AbortController();
    const model = scriptedModel({ calls: [order] });
    const turn = setUp(model, { rules: rulesOf('auto'), signal: abort.signal });
    turn.deps.ask = async (request) => {
      const answer = await model.ask(request);
      abort.abort();
      return answer;
    };
    expect(await turn.run()).toEqual(fail('stopped'));
    expect(turn.turn.assistant.tool_calls[0]?.state).toBe('cancelled');
    expect(turn.pipeline.sent).toEqual([]);
  });
});
