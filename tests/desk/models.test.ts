import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskState } from '../../shared/contract/index.ts';
import {
  delta,
  frameText,
  refusal,
  sse,
  startWireServer,
  usageFrame,
  type WireServer,
} from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { chatClient } from './chat-client.ts';

/** A model of our own making on loopback; the environment points the desk at it. */
let model: WireServer;
let desk: RunningDesk;
const KEY = 'sk-environment-key-1234';
const answer = sse(delta({ content: 'Hello' }), delta({}, 'stop'), usageFrame(4000, 10));

beforeAll(async () => {
  model = await startWireServer(
    refusal(429, { error: { code: '429', message: 'Please retry.' } }, { 'retry-after-ms': '50' }),
    (response, request) => {
      if (!JSON.stringify(request.body['messages']).includes('Tell me a long story')) return answer(response, request);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(frameText(delta({ content: 'Once upon ' })));
    },
  );
  desk = await startDesk({
    env: { AZURE_OPENAI_ENDPOINT: model.origin, AZURE_OPENAI_API_KEY: KEY, AZURE_OPENAI_DEPLOYMENT: 'gpt-test' },
  });
});
afterAll(async () => {
  await desk.stop();
  await model.close();
});

const stateOf = (running: RunningDesk) => chatClient(running).call<DeskState>('desk.state');

describe('a model of the environment', () => {
  it('is used with its own key, and a rate limit is told as a countdown', async () => {
    expect((await stateOf(desk)).ai).toMatchObject({ state: 'ready', offline: false });
    const response = await desk.request('/api/chat/messages', {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      body: JSON.stringify({ message: 'Hi' }),
    });
    const events = await response.text();
    expect(events).toContain('event: rate_limited\ndata: {"retry_at":"');
    expect(events).toContain('"content":"Hello"');
    expect(model.requests.at(-1)).toMatchObject({ headers: { 'api-key': KEY }, body: { model: 'gpt-test' } });
  });

  it('can be stopped; what came so far is kept and the turn says that it was stopped', async () => {
    const chat = chatClient(desk);
    const sent = chat.send('Tell me a long story');
    await expect.poll(() => model.requests.length, { timeout: 10_000 }).toBe(3);
    const [session] = await chat.sessions();
    const session_id = session?.session_id ?? '';
    await expect.poll(async () => (await chat.messages(session_id)).at(-1)?.content).toBe('Once upon ');
    expect(await chat.stop(session_id)).toEqual({ stopped: true });
    const stopped = { status: 'interrupted', error: { code: 'stopped' } };
    expect(await sent).toMatchObject(stopped);
    expect((await chat.messages(session_id)).at(-1)).toMatchObject({ ...stopped, content: 'Once upon ' });
    expect(await chat.stop(session_id)).toEqual({ stopped: false });
  });
});

describe('without a model', () => {
  it('says how to get one, in the words a person needs', async () => {
    const none = await startDesk({ beside: desk, args: ['--model', 'none'] });
    const refused = await none.request('/api/chat/messages', { method: 'POST', body: '{"message":"Hi"}' });
    const state = await stateOf(none);
    await none.stop();
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'ai_not_configured',
      detail: 'AI not configured — ask your admin to set up Azure OpenAI in Tenant Settings',
    });
    expect(state.ai.state).toBe('not_configured');
    expect(state.pipeline).toEqual((await stateOf(desk)).pipeline);
  });
});

describe('the month’s limit', () => {
  it('refuses the next question once it is reached', async () => {
    const { token } = await desk.signIn('admin@kugelwerk.example');
    const { pipeline } = await stateOf(desk);
    const put = (body: object) =>
      fetch(`${pipeline.url}/api/tenant/config`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      });
    expect((await put({ monthly_token_limit: 1000 })).status).toBe(200);
    const refused = await desk.request('/api/chat/messages', { method: 'POST', body: '{"message":"Hi"}' });
    expect([refused.status, (await refused.json()) as unknown]).toEqual([
      409,
      expect.objectContaining({ code: 'token_limit_reached' }),
    ]);
    await put({ monthly_token_limit: null, ai_enabled: false });
    const disabled = await desk.request('/api/chat/messages', { method: 'POST', body: '{"message":"Hi"}' });
    expect(await disabled.json()).toMatchObject({ code: 'ai_disabled' });
    expect((await stateOf(desk)).ai.state).toBe('disabled');
  });
});
