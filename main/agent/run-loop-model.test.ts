import { describe, expect, it } from 'vitest';
import type { Role } from '../../shared/domain/index.ts';
import { fail, ok, type ErrorCode } from '../../shared/errors/index.ts';
import { sampleTurn, scriptedModel, turnParts, type ScriptedModel } from '../../tests/helpers/agent/index.ts';
import type { AskModel } from './model-types.ts';
import { runTurn } from './run-loop.ts';
import type { TokenMeter, TokenReservation } from './turn-types.ts';

const NOW = '2026-11-23T11:00:00.000Z';

function setUp(model: ScriptedModel, role: Role = 'operator') {
  const turn = sampleTurn('Render all', role);
  const { deps, ...parts } = turnParts({ ask: model.ask });
  return { run: () => runTurn(turn, deps), turn, deps, ...parts };
}

describe('the tokens of a model call', () => {
  const metered = (settled: [told: unknown, said: string, message: string][]): TokenMeter => ({
    reserve: () => {
      const settle: TokenReservation['settle'] = (...given) => {
        settled.push(given);
        return 7;
      };
      return Promise.resolve(ok({ settle }));
    },
  });
  const failing = (code: ErrorCode, said: string): AskModel => {
    return ({ onText }) => {
      if (said !== '') onText(said);
      return Promise.resolve(fail(code));
    };
  };

  it.each([
    ['model_unauthorized', '', { completion: 0, total: 0 }],
    ['ai_not_configured', '', { completion: 0, total: 0 }],
    ['ai_key_missing', '', { completion: 0, total: 0 }],
    ['keychain_locked', '', { completion: 0, total: 0 }],
    ['ai_disabled', '', { completion: 0, total: 0 }],
    ['model_not_found', '', { completion: 0, total: 0 }],
    ['model_rate_limited', '', { completion: 0, total: 0 }],
    ['model_quota_used_up', '', { completion: 0, total: 0 }],
    ['model_unreachable', '', { completion: 0, total: 0 }],
    ['model_unreachable', 'Fou', null],
    ['model_timeout', '', null],
    ['model_failed', 'Fou', null],
    ['stopped', '', null],
  ] as const)('that ended with %s after %j are charged as %j', async (code, said, told) => {
    const settled: [unknown, string, string][] = [];
    const turn = setUp(scriptedModel());
    Object.assign(turn.deps, { ask: failing(code, said), meter: metered(settled) });
    expect(await turn.run()).toEqual(fail(code));
    const { assistant } = turn.turn;
    expect(settled).toEqual([[told, said, assistant.id]]);
    expect(assistant).toMatchObject({ token_count: 7, content: said });
  });

  it('add up over the steps of a turn, and a step’s words do not stay as its answer', async () => {
    const settled: [unknown, string, string][] = [];
    const turn = setUp(scriptedModel({ say: 'Looking.', calls: [['no_such_tool', {}]] }, 'Done.'));
    turn.deps.meter = metered(settled);
    expect(await turn.run()).toEqual(ok({ status: 'done', text: 'Done.' }));
    const usage = { prompt: 10, completion: 5, total: 15 };
    expect(settled).toEqual([
      [usage, 'Looking.', turn.turn.assistant.id],
      [usage, 'Done.', turn.turn.assistant.id],
    ]);
    expect(turn.turn.assistant).toMatchObject({ token_count: 14, content: 'Done.' });
  });

  it('and its words are those of the call, which keeps them, while the turn waits', async () => {
    const calls: [string, unknown][] = [['create_order', { selection_id: 's', output_type_name: 'Web' }]];
    const turn = setUp(scriptedModel({ say: 'I order them.', calls }));
    expect(await turn.run()).toEqual(ok({ status: 'waiting' }));
    expect(turn.turn.assistant).toMatchObject({ content: '', tool_calls: [{ said: 'I order them.' }] });
  });

  it('are kept aside before the model is asked: without them it is not', async () => {
    const model = scriptedModel('Hi');
    const turn = setUp(model);
    const reserved: unknown[] = [];
    turn.deps.meter = {
      reserve: (messages, tools) => {
        reserved.push(messages.length, tools.length);
        return Promise.resolve(fail('token_limit_reached'));
      },
    };
    expect(await turn.run()).toEqual(fail('token_limit_reached'));
    expect(model.asked).toEqual([]);
    expect(reserved).toEqual([3, 18]);
  });
});

describe('what the model is asked with', () => {
  it('is the situation as it was at the beginning of the turn, asked for once', async () => {
    let asked = 0;
    const model = scriptedModel({ calls: [['no_such_tool', {}]] }, 'Done.');
    const turn = setUp(model);
    turn.deps.situation = () => {
      const figures = { at: NOW, orders: { draft: 0, queued: 0, running: 3 }, renders: { queued: 0, running: 0 } };
      return Promise.resolve({ open: null, figures: { ...figures, failed_today: asked++ } });
    };
    await turn.run();
    expect(asked).toBe(1);
    for (const messages of model.asked) expect(JSON.stringify(messages)).toContain('3 orders running');
  });

  it('are the tools of the user’s role, and the turn’s own stop', async () => {
    const turn = setUp(scriptedModel(), 'viewer');
    turn.deps.ask = ({ tools, signal, onRateLimited }) => {
      expect(tools.map((tool) => tool.function.name)).not.toContain('create_order');
      expect(tools.map((tool) => tool.function.name)).toContain('list_orders');
      expect(signal).toBe(turn.deps.signal);
      onRateLimited(NOW);
      return Promise.resolve(fail('model_failed'));
    };
    await turn.run();
    expect(turn.notices).toEqual([{ type: 'rate_limited', retry_at: NOW }]);
  });

  it('is nothing where a call cannot be journaled', async () => {
    const turn = setUp(scriptedModel({ calls: [['create_order', { selection_id: 's', output_type_name: 'Web' }]] }));
    turn.store.saveToolCall = () => Promise.resolve(fail('pipeline_unreachable'));
    expect(await turn.run()).toEqual(fail('pipeline_unreachable'));
  });
});
