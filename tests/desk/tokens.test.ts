import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskState } from '../../shared/contract/index.ts';
import type { Usage } from '../../shared/domain/index.ts';
import {
  delta,
  frameText,
  sse,
  startWireServer,
  usageFrame,
  type WireAnswer,
  type WireServer,
} from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient, type ChatClient } from './chat-client.ts';

const counted: WireAnswer = sse(delta({ content: 'Hello' }), delta({}, 'stop'), usageFrame(4000, 10));

/** Breaks off in the middle of an answer where the question asks for it. */
const answering: WireAnswer = (response, request) => {
  const text = JSON.stringify(request.body['messages']);
  if (text.includes('Look at the orders') && !text.includes('tool_call_id')) {
    const call = { index: 0, id: 'c', type: 'function', function: { name: 'list_orders', arguments: '{}' } };
    sse(delta({ tool_calls: [call] }), delta({}, 'tool_calls'))(response, request);
    return;
  }
  if (!text.includes('Break off')) return counted(response, request);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(frameText(delta({ content: 'Half an answer, and then' })));
  setTimeout(() => response.destroy(), 50);
};

let model: WireServer;
let desk: RunningDesk;
let chat: ChatClient;
let put: (body: object) => Promise<number>;
beforeAll(async () => {
  model = await startWireServer(answering);
  desk = await startDesk({
    env: { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: 'sk-test', AZURE_OPENAI_DEPLOYMENT: 'm' },
  });
  chat = chatClient(desk);
  const { token } = await desk.signIn('admin@kugelwerk.example');
  const { pipeline } = await chat.call<DeskState>('desk.state');
  put = async (body) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    };
    const url = `${pipeline.url}/api/tenant/config`;
    return (await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) })).status;
  };
});
afterAll(async () => {
  await desk.stop();
  await model.close();
});

/** How a question is refused. */
async function refusal(message: string): Promise<unknown[]> {
  const response = await desk.request('/api/chat/messages', { method: 'POST', body: JSON.stringify({ message }) });
  const { code, detail } = (await response.json()) as { code?: string; detail?: string };
  return [response.status, code, detail];
}

const usage = (session_id?: string) => chat.call<Usage>('chat.usage', session_id === undefined ? {} : { session_id });

describe('the tokens of a chat', () => {
  it('are those that the model told, of the answer, the chat and the month', async () => {
    const before = await usage();
    const { session_id, response } = await chat.send('Hi');
    await chat.send('Hi again', { session_id });
    expect(response?.token_count).toBe(4010);
    const after = await usage(session_id);
    expect(after).toMatchObject({
      chat: { used_tokens: 8020, output_tokens: 20 },
      answer: { used_tokens: 4010, output_tokens: 10 },
      used_tokens: before.used_tokens + 8020,
      output_tokens: before.output_tokens + 20,
      reserved_tokens: 0,
    });
  });

  it('are estimated where the stream broke off, and nothing stays reserved', async () => {
    const outcome = await chat.send('Break off');
    expect(outcome).toMatchObject({ status: 'failed', response: { content: 'Half an answer, and then' } });
    const after = await usage(outcome.session_id);
    expect(after.reserved_tokens).toBe(0);
    expect(after.chat?.used_tokens).toBe(outcome.response?.token_count);
    expect(after.chat?.used_tokens).toBeGreaterThan(2000);
    expect(after.chat?.output_tokens).toBeGreaterThan(3);
    expect(after.chat?.output_tokens).toBeLessThan(20);
  });

  it('end a turn that needs more than are left; it goes on once there are more', async () => {
    const { used_tokens } = await usage();
    // Enough for the first step of the turn, not for the second one.
    expect(await put({ monthly_token_limit: used_tokens + 8000, ai_contact: 'Petra Lang' })).toBe(200);
    expect(await refusal('Look at the orders')).toEqual([
      409,
      'token_limit_reached',
      expect.stringMatching(/^Too few of .*Ask Petra Lang for more\.$/),
    ]);
    const session_id = (await chat.sessions())[0]?.session_id ?? '';
    expect((await chat.messages(session_id)).at(-1)).toMatchObject({
      status: 'failed',
      error: { code: 'token_limit_reached' },
      tool_calls: [{ tool: 'list_orders', state: 'done' }],
    });
    await put({ monthly_token_limit: null });
    expect(await chat.send('Go on', { session_id })).toMatchObject({ status: 'done', response: { content: 'Hello' } });
  });

  it('that are used up refuse every question, with whom to ask', async () => {
    await put({ monthly_token_limit: 1 });
    const all = "All of your company's 1 tokens of this month are used. Ask Petra Lang for more.";
    expect(await refusal('Hi')).toEqual([409, 'token_limit_reached', all]);
    const sessions = (await chat.sessions()).length;
    expect(await refusal('Hi')).toEqual([409, 'token_limit_reached', all]);
    // By now the desk knows that nothing is left: nothing is stored any more.
    expect(await chat.sessions()).toHaveLength(sessions);
  });
});
