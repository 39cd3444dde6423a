import { describe, expect, it } from 'vitest';
import type { Usage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { ChatRoutes } from '../pipeline/index.ts';
import type { TokenCounter } from './token-counter.ts';
import { pipelineMeter } from './token-meter.ts';

const month: Usage = {
  month: '2026-11',
  used_tokens: 0,
  output_tokens: 0,
  reserved_tokens: 0,
  expired_tokens: 0,
  limit: 1000,
  contact: 'Petra Lang',
  price: null,
};
const counter = { estimate: (text: string) => text.length } as TokenCounter;

function setUp(usage: Partial<Usage>, settling: Result<undefined> = ok(undefined), refusal?: Result<never>) {
  const reserved: number[] = [];
  const settled: object[] = [];
  const lines: string[] = [];
  const now = { ...month, ...usage };
  let asked = 0;
  const routes = {
    usage: () => {
      asked++;
      return Promise.resolve(ok(now));
    },
    reserve: (estimate: number) => {
      reserved.push(estimate);
      return Promise.resolve(refusal ?? ok({ id: 'r1', usage: now }));
    },
    settle: (_id: string, body: object) => {
      settled.push(body);
      return Promise.resolve(settling);
    },
  } as unknown as ChatRoutes;
  const meter = pipelineMeter(routes, counter, (line) => lines.push(line));
  const reserve = async () => {
    const reservation = await meter.reserve([{ role: 'user', content: 'x'.repeat(96) }], []);
    if (!reservation.ok) throw new Error(reservation.failure.message);
    return reservation.value;
  };
  return { meter, reserve, reserved, settled, lines, asked: () => asked };
}

describe('the month’s tokens', () => {
  it('are reserved by an estimate and settled with what the model told', async () => {
    const { reserve, reserved, settled, meter } = setUp({});
    expect((await reserve()).settle({ completion: 5, total: 90 }, 'Hello', 'm1')).toBe(90);
    await meter.flush();
    expect(reserved).toEqual([96 + 4 + 800]);
    expect(settled).toEqual([{ tokens: 90, output_tokens: 5, estimated: false, message_id: 'm1' }]);
  });

  it('are estimated where the stream broke off before the model told them', async () => {
    const { reserve, settled } = setUp({});
    expect((await reserve()).settle(null, 'Half an ans', 'm1')).toBe(100 + 11);
    expect(settled).toEqual([{ tokens: 111, output_tokens: 11, estimated: true, message_id: 'm1' }]);
  });

  it('that could not be settled are said so, and hold no turn up', async () => {
    const { reserve, lines, meter } = setUp({}, fail('pipeline_unreachable'));
    (await reserve()).settle(null, '', 'm1');
    await meter.flush();
    expect(lines).toEqual([expect.stringContaining('tokens not settled')]);
  });

  it('that are used up refuse a question before it is stored, with whom to ask', async () => {
    const { meter } = setUp({ used_tokens: 900, reserved_tokens: 100 });
    const refused = await meter.check();
    expect(refused).toMatchObject({ ok: false, failure: { code: 'token_limit_reached' } });
    expect(refused.ok ? '' : refused.failure.message).toContain('Ask Petra Lang');
  });

  it('are looked up anew after a refusal: the limit may have been lowered', async () => {
    const { meter, asked } = setUp({ used_tokens: 500 }, ok(undefined), fail('token_limit_reached'));
    await meter.check();
    expect(await meter.reserve([], [])).toMatchObject({ ok: false });
    await meter.check();
    expect(asked()).toBe(2);
  });

  it('are looked up once while there are plenty, and before each question near the limit', async () => {
    const plenty = setUp({ used_tokens: 500 });
    const near = setUp({ used_tokens: 950 });
    for (const { meter } of [plenty, near]) for (let times = 0; times < 3; times++) await meter.check();
    expect([plenty.asked(), near.asked()]).toEqual([1, 3]);
  });
});
