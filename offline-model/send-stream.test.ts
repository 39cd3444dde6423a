import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OfflineModelServer } from './server.ts';
import { V1, body, frames, post, start } from './test-support/post.ts';

let server: OfflineModelServer;
beforeAll(async () => {
  server = await start();
});
afterAll(() => server.close());

type Frame = Record<string, unknown>;
interface Choice {
  delta: {
    role?: string;
    content?: string | null;
    tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[];
  };
  finish_reason: string | null;
}

async function stream(content: string, extra: object = {}): Promise<Frame[]> {
  const response = await post(server.url + V1, body(content, { stream: true, ...extra }));
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const all = await frames(response);
  expect(all.at(-1)).toBe('[DONE]');
  return all.filter((frame) => frame !== '[DONE]');
}

const choiceOf = (frame: Frame | undefined): Choice | undefined => (frame?.choices as Choice[] | undefined)?.[0];

it("streams text in Azure's order: prompt filter, role, pieces, finish", async () => {
  const all = await stream('hello');
  expect(all[0]).toMatchObject({ choices: [], id: '', object: '', model: '' });
  expect(all[0]).toHaveProperty('prompt_filter_results');
  expect(choiceOf(all[1])?.delta).toEqual({ content: '', refusal: null, role: 'assistant' });
  const pieces = all.slice(2, -1).map((frame) => choiceOf(frame)?.delta.content);
  expect(pieces.length).toBeGreaterThan(20);
  expect(pieces.join('')).toMatch(/^I am the offline model.*”$/s);
  expect(choiceOf(all.at(-1))).toMatchObject({ delta: {}, finish_reason: 'stop' });
  expect(all.some((frame) => 'usage' in frame)).toBe(false);
});

it('streams parallel calls one after the other, the arguments in fragments that join to JSON', async () => {
  const all = await stream('Render all Kugellager products as WebP at 1024x1024');
  const fragments = all.flatMap((frame) => choiceOf(frame)?.delta.tool_calls ?? []);
  expect(fragments.filter((fragment) => fragment.id !== undefined).map((fragment) => fragment.function.name)).toEqual([
    'search_products',
    'list_output_types',
  ]);
  const search = fragments.filter((fragment) => fragment.index === 0);
  expect(search.length).toBeGreaterThan(2);
  expect(search.map((fragment) => fragment.function.arguments).join('')).toBe('{"category":"Kugellager"}');
  expect(choiceOf(all.at(-1))?.finish_reason).toBe('tool_calls');
});

it('ends with stop where the function was named, and gives one call where parallel calls are off', async () => {
  const named = await stream('hi', { tool_choice: { type: 'function', function: { name: 'list_orders' } } });
  expect(choiceOf(named.at(-1))?.finish_reason).toBe('stop');
  const single = await stream('Render all Kugellager as WebP', { parallel_tool_calls: false });
  const ids = single
    .flatMap((frame) => choiceOf(frame)?.delta.tool_calls ?? [])
    .filter((fragment) => fragment.id !== undefined);
  expect(ids).toHaveLength(1);
});

it('counts usage in a last frame of its own where asked, the same as without streaming', async () => {
  const all = await stream('hello', { stream_options: { include_usage: true } });
  const last = all.at(-1);
  expect(last?.choices).toEqual([]);
  expect(all.slice(0, -1).every((frame) => frame.usage === null)).toBe(true);
  const whole = (await (await post(server.url + V1, body('hello'))).json()) as {
    usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  };
  expect(last?.usage).toEqual(whole.usage);
  expect(whole.usage.total_tokens).toBe(whole.usage.prompt_tokens + whole.usage.completion_tokens);
  expect(whole.usage.prompt_tokens).toBeGreaterThan(500);
});

it('stops when the caller hangs up, and goes on serving others', async () => {
  const slow = await start({ delayMs: 1000 });
  const abort = new AbortController();
  const init = {
    method: 'POST',
    body: JSON.stringify(body('hello', { stream: true })),
    headers: { 'api-key': 'the-key' },
    signal: abort.signal,
  };
  const reader = (await fetch(slow.url + V1, init)).body?.getReader();
  await reader?.read();
  abort.abort();
  await expect(reader?.read()).rejects.toThrow();
  expect((await post(slow.url + V1, body('hello'))).status).toBe(200);
  await slow.close();
});
