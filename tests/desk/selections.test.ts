import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TurnOutcome } from '../../shared/contract/index.ts';
import type { Order, Page } from '../../shared/domain/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, pendingOf, type ChatClient } from './chat-client.ts';

/*
 * What "those", "without …", "only …" and "the ones that failed" come to, from the sentence through the offline model, the
 * tools and the pipeline to the effect that waits for approval.
 */
let desk: RunningDesk;
let chat: ChatClient;
beforeAll(async () => {
  desk = await startDesk();
  chat = chatClient(desk);
});
afterAll(() => desk.stop());

const counted = z.object({ count: z.number() });

/** What each call of a turn counted, by the tool's name. */
function countsOf({ response, message, ...outcome }: TurnOutcome, calls = response?.tool_calls): [string, number][] {
  expect([message.role, outcome.session_id]).toEqual(['user', expect.any(String)]);
  return (calls ?? []).flatMap(({ tool, result }) => {
    const parsed = counted.safeParse(result);
    return parsed.success ? [[tool, parsed.data.count] as [string, number]] : [];
  });
}

/** The turn that waits, with what its calls so far counted. */
async function ordered(text: string, session_id: string) {
  const outcome = await chat.send(text, { session_id });
  const pending = pendingOf(outcome);
  const stored = (await chat.messages(session_id)).at(-1);
  await chat.decide(pending.id, { decision: 'reject' });
  return {
    products: pending.effect.counts['products'],
    counts: Object.fromEntries(countsOf(outcome, stored?.tool_calls)),
  };
}

describe('a selection', () => {
  it('is what "those" means, less a part of it, or that part alone', async () => {
    const first = await chat.send('Find Rillenkugellager');
    const [[, all] = ['', 0]] = countsOf(first);
    const those = await ordered('Render those as WebP', first.session_id);
    expect(those.products).toBe(all);

    const less = await ordered('Render those without the 62 series as WebP', first.session_id);
    const kept = less.counts['combine_selections'];
    expect(less.products).toBe(kept);
    expect(kept).toBeLessThan(all);

    const again = await chat.send('Find Rillenkugellager', { session_id: first.session_id });
    expect(countsOf(again)).toEqual([['search_products', all]]);
    const only = await ordered('Render only the 62 series as WebP', first.session_id);
    expect(only.products).toBe(all - (kept ?? 0));
  });

  it('is what failed in the order that was spoken of', async () => {
    const query = { status: 'done_with_failures', limit: 1 };
    const [order] = (await chat.call<Page<Order>>('orders.list', query)).items;
    const first = await chat.send(`What's the status of order ${order?.number ?? ''}?`);
    const failed = await ordered('Order the ones that failed as PNG', first.session_id);
    expect(failed).toEqual({ products: order?.lines.failed, counts: { select_rendered: order?.lines.failed } });
  });
});
