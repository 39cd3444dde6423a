import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOfflineModel, type OfflineModelServer } from '../server.ts';
import { allTools } from '../test-support/offered-tools.ts';

let faulty: OfflineModelServer;
let sound: OfflineModelServer;
const options = { port: 0, deployments: ['offline'], key: undefined, delayMs: 0 };
beforeAll(async () => {
  faulty = await startOfflineModel({ ...options, faults: true });
  sound = await startOfflineModel(options);
});
afterAll(() => Promise.all([faulty.close(), sound.close()]));

function ask(content: string, { server = faulty, stream = false } = {}): Promise<Response> {
  return fetch(`${server.url}/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { 'api-key': 'any', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'offline', messages: [{ role: 'user', content }], tools: allTools, stream }),
  });
}

interface Answer {
  choices: { message: { content: string | null; tool_calls?: { function: { name: string; arguments: string } }[] } }[];
  error?: { code: string };
}
const body = async (response: Response): Promise<Answer> => (await response.json()) as Answer;
const called = ({ choices }: Answer) => choices[0]?.message.tool_calls?.[0]?.function;

describe('faults on request', () => {
  it('a rate limit goes as often as was asked for, and then the sentence is answered', async () => {
    const limited = await ask('List materials [fault: rate_limit x1]');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '1']);
    expect(called(await body(await ask('List materials [fault: rate_limit x1]')))).toEqual({
      name: 'list_materials',
      arguments: '{}',
    });
  });

  it('a content filter refuses', async () => {
    const refused = await ask('List materials [fault: content_filter]');
    expect([refused.status, (await body(refused)).error?.code]).toEqual([400, 'content_filter']);
  });

  it('a stream is cut', async () => {
    const cut = await ask('hello [fault: cut_stream]', { stream: true });
    const text = await cut.text().catch((error: unknown) => String(error));
    expect(text).not.toContain('[DONE]');
  });

  it('arguments are no JSON', async () => {
    const { arguments: args = '{}' } =
      called(await body(await ask('status of SA-2026-00160 [fault: bad_arguments]'))) ?? {};
    expect(() => JSON.parse(args) as unknown).toThrow();
  });

  it('it never comes to an answer', async () => {
    expect(called(await body(await ask('hello [fault: endless_loop]')))?.name).toBe('list_orders');
  });

  it('nothing goes wrong unless it was started so', async () => {
    const answered = await ask('List materials [fault: rate_limit]', { server: sound });
    expect(answered.status).toBe(200);
  });
});
