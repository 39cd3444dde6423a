import { describe, expect, it, vi } from 'vitest';
import type { Grant, JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { moved, pipelineDouble, sampleTurn, turnParts } from '../../tests/helpers/agent/index.ts';
import type { ApprovalRules } from '../approvals/index.ts';
import { changes } from '../pipeline/index.ts';
import { createEntry, newEntry } from './journal.ts';
import { advanceChange, type AdvanceDeps } from './run-change.ts';
import type { TurnNotice } from './turn-types.ts';

const rulesOf = (run: ApprovalRules['run'], policy: ApprovalRules['tenant']['policy'] = 'above_limits') => ({
  run,
  tenant: { policy, max_renders: 20, max_orders: 1 },
});
const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const change = changes.createOrder({ selection_id: 'sel_1', output_type_name: 'Web', dispatch: true });
const place = {
  step: 0,
  position: 0,
  model_call_id: 'c',
  said: null,
  tool: 'create_order',
  arguments: { selection_id: 'sel_1', output_type_name: 'Web' },
};
const grant = (more: Partial<Grant> = {}) =>
  ({ id: 'g-1', tool: 'create_order', kind: 'dispatch', max_items: 20, ...more }) as Grant;

type More = Partial<AdvanceDeps> & { answers?: Result<unknown>[]; renders?: number; entry?: Partial<JournalEntry> };

async function setUp({ answers = [], renders = 2, entry: known = {}, ...more }: More = {}) {
  const turn = sampleTurn();
  const parts = turnParts({ rules: rulesOf('ask') }, pipelineDouble({ answers, renders }));
  const { store, pipeline, notices } = parts;
  const { signal: _signal, ...rest } = parts.deps;
  const deps: AdvanceDeps = { ...rest, ...more };
  const entry = { ...newEntry(turn, place), ...known };
  await createEntry(store, turn, entry);
  const call = () => store.calls.get(entry.id) ?? entry;
  return { advance: () => advanceChange(turn, call(), change, deps), call, turn, store, notices, pipeline, deps };
}

const told = (notices: readonly TurnNotice[]): string[] => notices.map(({ type }) => type);

describe('a change that was proposed', () => {
  it('waits for a person with its effect, for a day', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-23T11:00:00Z'), toFake: ['Date'] });
    const { advance, call, pipeline, notices, turn } = await setUp();
    expect(await advance()).toMatchObject({ ok: true, value: { state: 'awaiting' } });
    vi.useRealTimers();
    expect(call()).toMatchObject({
      state: 'awaiting',
      effect: { counts: { renders: 2 } },
      snapshot: 's1',
      idempotency_key: UUID,
      decided_by: null,
      decided_at: null,
      expires_at: '2026-11-24T11:00:00.000Z',
    });
    expect(pipeline.sent).toEqual([]);
    expect(notices).toMatchObject([
      { type: 'approval.requested', approval: { session_id: turn.assistant.session_id, asked: 'first' } },
    ]);
  });

  it('runs by the policy where that lets it pass, and is known to be running before it is sent', async () => {
    const { advance, call, store, notices, pipeline } = await setUp({ rules: rulesOf('auto') });
    expect(await advance()).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(store.log.map((line) => line.split(':')[1])).toEqual(['proposed', 'approved', 'running', 'done']);
    expect(call()).toMatchObject({
      decided_by: 'policy:auto',
      expires_at: null,
      decided_at: expect.any(String) as string,
    });
    expect(told(notices)).toEqual(['tool.started', 'tool.finished']);
    expect(notices).toMatchObject([{ call: { state: 'running' } }, { call: { state: 'done' } }]);
    expect(pipeline.sent).toMatchObject([{ key: call().idempotency_key, snapshot: 's1' }]);
  });

  it('is refused in a run that allows no changes', async () => {
    const { advance, call, notices } = await setUp({ rules: rulesOf('deny', 'never') });
    await advance();
    expect(call()).toMatchObject({
      state: 'rejected',
      decided_by: 'policy:deny',
      decided_at: expect.any(String) as string,
      result: {
        rejected: true,
        happened: false,
        reason: 'Changes are not allowed in this run (--approve deny).',
      },
    });
    expect(told(notices)).toEqual(['tool.finished']);
  });

  it('fails where the pipeline says what is wrong with it', async () => {
    const { advance, deps, call, notices } = await setUp();
    deps.pipeline.dryRun = () => Promise.resolve(fail('empty_order'));
    await advance();
    expect(call()).toMatchObject({ state: 'failed', result: { error: { code: 'empty_order' } } });
    expect(told(notices)).toEqual(['tool.finished']);
  });

  it('stays proposed where the turn is stopped, which the dry run is told', async () => {
    const { signal } = new AbortController();
    const { advance, deps, call } = await setUp({ signal });
    deps.pipeline.dryRun = (_change, given) => Promise.resolve(fail(given === signal ? 'stopped' : 'internal_error'));
    expect(await advance()).toEqual(fail('stopped'));
    expect(call().state).toBe('proposed');
  });

  it('keeps a key that it has', async () => {
    const { advance, call } = await setUp({ entry: { idempotency_key: 'key-1' } });
    await advance();
    expect(call().idempotency_key).toBe('key-1');
  });

  it('does not overtake an earlier one that waits for a person', async () => {
    const { advance, call, notices } = await setUp({ rules: rulesOf('auto'), isBehind: true });
    expect(await advance()).toMatchObject({ ok: true, value: { state: 'proposed' } });
    expect(call()).toMatchObject({ state: 'proposed', effect: null });
    expect(notices).toEqual([]);
  });
});

describe('a standing approval', () => {
  const asking: string[] = [];
  const grants = (...given: Grant[]): NonNullable<AdvanceDeps['grants']> => {
    return (session) => {
      asking.push(session);
      return Promise.resolve(ok(given));
    };
  };

  it('lets a change pass that it covers, in its own chat', async () => {
    const { advance, call, turn } = await setUp({ grants: grants(grant({ tool: 'cancel_order' as never }), grant()) });
    await advance();
    expect(call()).toMatchObject({
      state: 'done',
      decided_by: 'grant:g-1',
      decided_at: expect.any(String) as string,
      expires_at: null,
      snapshot: 's1',
    });
    expect(asking.at(-1)).toBe(turn.assistant.session_id);
  });

  it.each<[what: string, more: More]>([
    ['covers less', { grants: grants(grant({ max_items: 1 })) }],
    ['is for something else', { grants: grants(grant({ tool: 'dispatch_renders' })) }],
    ['does not hold for a company that always asks', { grants: grants(grant()), rules: rulesOf('ask', 'always') }],
    ['does not hold above the company’s limits', { grants: grants(grant({ max_items: 99 })), renders: 21 }],
  ])('leaves it to a person where it %s', async (_what, more) => {
    const { advance, call, pipeline } = await setUp(more);
    await advance();
    expect(call().state).toBe('awaiting');
    expect(pipeline.sent).toEqual([]);
  });

  it('leaves it to a person where it was used up or revoked a moment ago', async () => {
    const { advance, call, store } = await setUp({ grants: grants(grant()) });
    const save = store.saveToolCall.bind(store);
    store.saveToolCall = (id, write) => {
      return write.state === 'approved' ? Promise.resolve(fail('grant_gone')) : save(id, write);
    };
    await advance();
    expect(call()).toMatchObject({ state: 'awaiting', decided_by: null });
  });

  it('fails the turn where it cannot be read, or the journal cannot be written', async () => {
    const unread = await setUp({ grants: () => Promise.resolve(fail('pipeline_unreachable')) });
    expect(await unread.advance()).toEqual(fail('pipeline_unreachable'));
    const { advance, store, call } = await setUp({ grants: grants(grant()) });
    const save = store.saveToolCall.bind(store);
    store.saveToolCall = (id, write) => {
      return write.state === 'approved' ? Promise.resolve(fail('state_conflict')) : save(id, write);
    };
    expect(await advance()).toEqual(fail('state_conflict'));
    expect(call().state).toBe('proposed');
  });

  it('lets nothing overtake a change that waits', async () => {
    const { advance, call } = await setUp({ grants: grants(grant()), isBehind: true });
    expect(await advance()).toMatchObject({ ok: true, value: { state: 'proposed' } });
    expect(call().decided_by).toBeNull();
  });

  it('does not answer for a change that moved after it was approved', async () => {
    const entry = { state: 'running' as const, idempotency_key: 'key-1', snapshot: 's0' };
    const { advance, call } = await setUp({ grants: grants(grant()), entry, answers: [moved(3, 's9')] });
    await advance();
    expect(call()).toMatchObject({ state: 'awaiting', decided_by: 'moved' });
  });
});

describe('a change that waits', () => {
  it('goes on waiting until its time is over, then never runs', async () => {
    const later = new Date(Date.now() + 60_000).toISOString();
    const waits = await setUp({ entry: { state: 'awaiting', expires_at: later } });
    expect(await waits.advance()).toMatchObject({ ok: true, value: { state: 'awaiting' } });
    expect(waits.notices).toEqual([]);

    const over = await setUp({ entry: { state: 'awaiting', expires_at: new Date().toISOString() } });
    await over.advance();
    expect(over.call()).toMatchObject({
      state: 'expired',
      decided_by: 'expired',
      result: { rejected: true, happened: false },
    });
    expect(told(over.notices)).toEqual(['tool.finished']);
  });
});

describe('a change that was approved', () => {
  const approved = { state: 'approved', idempotency_key: 'key-1', snapshot: 's0', decided_by: 'user' } as const;

  it('runs as it was shown', async () => {
    const { advance, call, pipeline } = await setUp({ entry: approved });
    await advance();
    expect(call()).toMatchObject({ state: 'done', decided_by: 'user' });
    expect(pipeline.sent).toMatchObject([{ key: 'key-1', snapshot: 's0' }]);
  });

  it('is not sent where the journal cannot say that it runs', async () => {
    const { advance, store, pipeline, notices } = await setUp({ entry: approved });
    store.saveToolCall = () => Promise.resolve(fail('state_conflict'));
    expect(await advance()).toEqual(fail('state_conflict'));
    expect(pipeline.sent).toEqual([]);
    expect(notices).toEqual([]);
  });

  it('is asked for again where the world moved: a decision on an older effect no longer counts', async () => {
    const { advance, call, notices } = await setUp({ entry: approved, answers: [moved(900, 's9')] });
    await advance();
    expect(call()).toMatchObject({
      state: 'awaiting',
      snapshot: 's9',
      effect: { counts: { renders: 900 } },
      decided_by: 'moved',
      decided_at: null,
      idempotency_key: 'key-1',
    });
    expect(notices.at(-1)).toMatchObject({ type: 'approval.requested', approval: { asked: 'moved' } });
  });

  it('is called off, not rejected, where it moved in a run that allows no changes', async () => {
    const { advance, call } = await setUp({ entry: approved, answers: [moved(3, 's9')], rules: rulesOf('deny') });
    await advance();
    expect(call()).toMatchObject({ state: 'cancelled', decided_by: 'policy:deny' });
  });

  it('goes to a person where the world moves again and again under the policy', async () => {
    const answers = Array.from({ length: 9 }, (_, at) => moved(3, `s${String(at + 10)}`));
    const { advance, call, pipeline } = await setUp({
      entry: approved,
      answers,
      rules: rulesOf('auto'),
      isBehind: true,
    });
    await advance();
    expect(call()).toMatchObject({ state: 'awaiting', decided_by: 'moved' });
    expect(pipeline.sent.map(({ snapshot }) => snapshot)).toEqual(['s0', 's10', 's11']);
  });

  it('stays running where the pipeline is away', async () => {
    const { advance, call, notices } = await setUp({ entry: approved, answers: [fail('unauthorized')] });
    expect(await advance()).toEqual(fail('unauthorized'));
    expect(call().state).toBe('running');
    expect(told(notices)).toEqual(['tool.started']);
  });

  it('tells of no end that could not be written', async () => {
    const { advance, store, notices } = await setUp({ entry: { ...approved, state: 'running' } });
    store.saveToolCall = () => Promise.resolve(fail('pipeline_unreachable'));
    expect(await advance()).toEqual(fail('pipeline_unreachable'));
    expect(notices).toEqual([]);
  });
});
