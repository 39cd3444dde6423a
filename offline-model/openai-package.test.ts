import OpenAI, { AzureOpenAI } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfflineModelServer } from './server.ts';
import { KEY, start } from './test-support/post.ts';
import { allTools } from './test-support/offered-tools.ts';

let server: OfflineModelServer;
let clients: [name: string, client: OpenAI][];
beforeAll(async () => {
  server = await start();
  clients = [
    ['v1', new OpenAI({ baseURL: `${server.url}/openai/v1/`, apiKey: KEY, maxRetries: 0 })],
    [
      'dated',
      new AzureOpenAI({
        endpoint: server.url,
        apiKey: KEY,
        apiVersion: '2024-10-21',
        deployment: 'offline',
        maxRetries: 0,
      }),
    ],
  ];
});
afterAll(() => server.close());

const tools = allTools as OpenAI.ChatCompletionTool[];
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'How many renders failed this week?' }];

describe('through the openai package', () => {
  it('a whole turn with a tool call, by both clients', async () => {
    for (const [, client] of clients) {
      const asked = await client.chat.completions.create({ model: 'offline', messages, tools });
      const message = asked.choices[0]?.message;
      const call = message?.tool_calls?.[0];
      if (message === undefined || call?.type !== 'function') throw new Error('no call');
      expect(call.function).toEqual({ name: 'get_render_stats', arguments: '{"period":"this_week"}' });
      const result = JSON.stringify({ total: 40, failed: 3, failures_by_reason: [] });
      const history: OpenAI.ChatCompletionMessageParam[] = [
        ...messages,
        message,
        { role: 'tool', tool_call_id: call.id, content: result },
      ];
      const answered = await client.chat.completions.create({ model: 'offline', messages: history, tools });
      expect(answered.choices[0]?.message.content).toBe('**3** of 40 renders failed this week.');
      expect(answered.usage?.total_tokens).toBeGreaterThan(0);
    }
  });

  it('the stream helper puts the frames together', async () => {
    for (const [, client] of clients) {
      const stream = client.chat.completions.stream({
        model: 'offline',
        messages,
        tools,
        stream_options: { include_usage: true },
      });
      const final = await stream.finalChatCompletion();
      expect(final.choices[0]?.message.tool_calls?.[0]).toMatchObject({
        function: { name: 'get_render_stats', arguments: '{"period":"this_week"}' },
      });
      expect(final.choices[0]?.finish_reason).toBe('tool_calls');
      expect((await stream.totalUsage()).total_tokens).toBeGreaterThan(100);
    }
  });

  it("errors become the package's own classes", async () => {
    const wrongKey = new OpenAI({ baseURL: `${server.url}/openai/v1/`, apiKey: 'wrong', maxRetries: 0 });
    await expect(wrongKey.chat.completions.create({ model: 'offline', messages })).rejects.toMatchObject({
      status: 401,
      code: '401',
    });
    for (const [name, client] of clients) {
      if (name === 'v1')
        await expect(client.chat.completions.create({ model: 'gpt', messages })).rejects.toMatchObject({
          status: 404,
          code: 'DeploymentNotFound',
        });
      const orphan: OpenAI.ChatCompletionMessageParam[] = [
        ...messages,
        { role: 'tool', tool_call_id: 'call_x', content: '' },
      ];
      // Not what a desk would send: it is not held against the schemas as such.
      const byHand = { headers: { 'user-agent': 'by hand' } };
      const asked = client.chat.completions.create({ model: 'offline', messages: orphan }, byHand);
      await expect(asked).rejects.toMatchObject({
        status: 400,
        param: 'messages.[1].role',
      });
    }
  });
});
