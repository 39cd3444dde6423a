import { afterAll, beforeEach, expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type ErrorCode, type Result } from '../../shared/errors/index.ts';
import { moved, pipelineDouble, recordedWaits, sampleCall } from '../../tests/helpers/agent/index.ts';
import { changes } from '../pipeline/index.ts';
import { sendChange } from './send-change.ts';

let waiting = recordedWaits();
afterAll(() => waiting.restore());
beforeEach(() => {
  waiting.restore();
  waiting = recordedWaits();
});

const change = changes.setMaterialOverride('SA-1', 'Brass');
const running = (more: Partial<JournalEntry> = {}): JournalEntry =>
  sampleCall({ state: 'running', idempotency_key: 'key-1', snapshot: 's1', tool: 'set_material_override', ...more });
const times = (count: number, code: ErrorCode): Result<never>[] => Array.from({ length: count }, () => fail(code));

function send(answers: Result<unknown>[], call = running()) {
  const pipeline = pipelineDouble({ answers });
  return { pipeline, call, end: sendChange(call, change, { pipeline: pipeline.client }) };
}

it('sends what was approved under its key, and tells the answer with the id to undo it by', async () => {
  const { pipeline, call, end } = send([]);
  expect(await end).toMatchObject({
    ok: true,
    value: { state: 'done', result: { order: { number: 'SA-2026-00160' }, previous: null, action_id: call.id } },
  });
  expect(JSON.stringify(await end)).not.toContain('edited');
  expect(pipeline.sent).toEqual([
    {
      path: '/orders/SA-1/material-override',
      body: { material_name: 'Brass' },
      key: 'key-1',
      snapshot: 's1',
      origin: `assistant; tool_call=${call.id}`,
    },
  ]);
  expect(waiting.waits).toEqual([]);
});

it.each(['pipeline_unreachable', 'in_flight', 'internal_error', 'unavailable'] as const)(
  'asks again under the same key where the answer was %s, more and more rarely',
  async (code) => {
    const { pipeline, end } = send(times(4, code));
    expect(await end).toMatchObject({ ok: true, value: { state: 'done' } });
    expect(pipeline.sent.map(({ key }) => key)).toEqual(Array.from({ length: 5 }, () => 'key-1'));
    expect(waiting.waits).toEqual([250, 500, 1000, 2000]);
  },
);

it.each(['in_flight', 'internal_error', 'unavailable'] as const)(
  'leaves it unknown where after five times it is still %s',
  async (code) => {
    const { pipeline, end } = send(times(9, code));
    const { value } = (await end) as { value: { result: object } };
    expect(value).toMatchObject({
      state: 'unknown',
      result: { unknown: true, happened: 'unknown', reason: expect.any(String) as string, error: { code } },
    });
    expect(pipeline.sent).toHaveLength(5);
  },
);

it.each([
  ['pipeline_unreachable', 5],
  ['unauthorized', 1],
] as const)('leaves the journal as it is where the pipeline is %s: it is asked about later', async (code, sent) => {
  const { pipeline, end } = send(times(9, code));
  expect(await end).toEqual(fail(code));
  expect(pipeline.sent).toHaveLength(sent);
});

it('is over where the pipeline refuses', async () => {
  const { pipeline, end } = send([fail('illegal_state', 'It is done already.')]);
  expect(await end).toEqual(
    ok({ state: 'failed', result: { error: { code: 'illegal_state', message: 'It is done already.' } } }),
  );
  expect(pipeline.sent).toHaveLength(1);
});

it('gives the new effect where the world moved, asking for it where none came along', async () => {
  expect(await send([moved(900, 's9')]).end).toMatchObject({
    ok: true,
    value: { moved: { snapshot: 's9', effect: { counts: { renders: 900 } } } },
  });
  expect(await send([fail('snapshot_changed')]).end).toMatchObject({
    ok: true,
    value: { moved: { snapshot: 's1', effect: { counts: { renders: 2 } } } },
  });
});

it('fails where the world moved and no longer takes the change', async () => {
  const { client } = pipelineDouble({ answers: [fail('snapshot_changed')] });
  client.dryRun = () => Promise.resolve(fail('not_found'));
  expect(await sendChange(running(), change, { pipeline: client })).toMatchObject({
    ok: true,
    value: { state: 'failed', result: { error: { code: 'not_found' } } },
  });
});

it.each([
  [20, 20],
  [21, '21 products'],
])('tells what a person changed, of %i products: %s', async (count, told) => {
  const product_ids = Array.from({ length: count }, (_, at) => `p-${String(at)}`);
  const args = { product_ids, output_type_name: 'Web' };
  const { end } = send([], running({ decided_by: 'user:edited', arguments: args }));
  expect(await end).toMatchObject({
    value: {
      result: {
        edited: true,
        arguments_used: { output_type_name: 'Web', product_ids: told === 20 ? product_ids : told },
      },
    },
  });
});

it('tells a text of products as it is, and an answer that is no object', async () => {
  const { end } = send([], running({ decided_by: 'user:edited', arguments: { product_ids: 'x'.repeat(50) } }));
  expect(await end).toMatchObject({ value: { result: { arguments_used: { product_ids: 'x'.repeat(50) } } } });
  const { client } = pipelineDouble({ answers: [ok('Done')] });
  const plain = { ...change, answer: { parse: (value: unknown) => value } as never };
  expect(await sendChange(running(), plain, { pipeline: client })).toEqual(ok({ state: 'done', result: 'Done' }));
});

it('never sends a change without a key: it could happen twice', async () => {
  const { client, sent } = pipelineDouble();
  const call = running({ idempotency_key: null });
  await expect(sendChange(call, change, { pipeline: client })).rejects.toThrow(
    'A change is not sent without its idempotency key.',
  );
  expect(sent).toEqual([]);
});
