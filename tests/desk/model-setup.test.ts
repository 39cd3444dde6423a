import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makeSetupCode, readSetupCode } from '../../main/settings/index.ts';
import type { DeskState, ModelTest, SetUpAnswer } from '../../shared/contract/index.ts';
import { delta, refusal, sse, startWireServer, type WireServer } from '../helpers/agent/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { openGate } from '../soak/kill/gate.ts';
import { chatClient } from './chat-client.ts';

/** It must be seen in one place only: the header of a request to the model. */
const CANARY = 'sk-canary-7f3a9c51e0';
let model: WireServer;
let elsewhere: WireServer;
let admin: RunningDesk;
let operator: RunningDesk;
const frames: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  const hello = sse(delta({ content: 'Hello' }), delta({}, 'stop'));
  model = await startWireServer(
    refusal(400, { error: { param: 'temperature', message: "Unsupported value: 'temperature'" } }),
    hello,
    hello,
    // A service that repeats the key in what it says.
    refusal(401, { error: { code: '401', message: `Incorrect API key provided: ${CANARY}` } }),
  );
  elsewhere = await startWireServer(hello);
  // On a server's pipeline a test's desk takes the offline model, unless it says which.
  const own = ['--model', 'auto'];
  admin = await startDesk({ args: ['--as', 'admin@kugelwerk.example', ...own] });
  operator = await startDesk({ beside: admin, args: ['--as', 'operator@kugelwerk.example', ...own] });
  const pushes = new WebSocket(`${admin.origin.replace('http', 'ws')}/api/desk/pushes`, {
    headers: { authorization: `Bearer ${admin.token}` },
  });
  pushes.on('message', (data) => frames.push(String(data)));
  await new Promise((resolve) => pushes.once('open', resolve));
});
afterAll(async () => {
  await operator.stop();
  await admin.stop();
  await model.close();
  await elsewhere.close();
});

/** One operation, with its whole answer kept for the search at the end. */
async function call<T>(desk: RunningDesk, operation: string, body: object = {}): Promise<{ status: number; body: T }> {
  const response = await desk.request(`/api/desk/${operation}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  answers.push(text);
  return { status: response.status, body: JSON.parse(text) as T };
}

const codeFor = (endpoint: string) =>
  makeSetupCode({ endpoint, deployment: 'gpt-test', api_version: null, key: CANARY });

describe('a set-up code', () => {
  it('with which an operator would set the company’s model is refused', async () => {
    const refused = await call(operator, 'model.set_up', { code: codeFor(model.origin) });
    expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('Your admin') as string } });
  });

  it('sets up model and key for an admin, and the test of the connection says that it works', async () => {
    const done = await call<SetUpAnswer>(admin, 'model.set_up', { code: ` ${codeFor(model.origin)}\n` });
    expect(done.body).toMatchObject({ configured: true, key_kept: true, deployment: 'gpt-test' });
    // The offline model was ready before.
    const test = await call<ModelTest>(admin, 'model.test');
    expect((await call<DeskState>(admin, 'desk.state')).body.ai).toMatchObject({ state: 'ready', offline: false });
    expect(test.body).toMatchObject({ ok: true, left_out: ['temperature'] });
  });

  it('brings an operator the key for the company’s model, and leads nowhere else', async () => {
    await expect.poll(async () => (await call<DeskState>(operator, 'desk.state')).body.ai.state).toBe('key_missing');
    const moved = await call(operator, 'model.set_up', { code: codeFor(elsewhere.origin) });
    expect(moved).toMatchObject({ status: 403, body: { detail: expect.stringContaining('current code') as string } });
    const done = await call<SetUpAnswer>(operator, 'model.set_up', { code: codeFor(model.origin) });
    expect(done.body).toMatchObject({ configured: false, key_kept: true });
    expect((await call<DeskState>(operator, 'desk.state')).body.ai.state).toBe('ready');
  });

  it('is handed out by the desk without the key', async () => {
    const { body } = await call<{ code: string }>(admin, 'model.setup_code');
    expect(readSetupCode(body.code)).toMatchObject({ ok: true, value: { endpoint: model.origin, key: null } });
  });

  it('that is none is refused without being repeated', async () => {
    const refused = await call(admin, 'model.set_up', { code: `${codeFor(model.origin)}x` });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed', errors: [{ field: 'code' }] } });
  });
});

describe('the key', () => {
  it('is in the header of requests to its model and nowhere else, even where the service repeats it', async () => {
    const chat = chatClient(admin);
    expect(await chat.send('Hi')).toMatchObject({ status: 'done' });
    const failed = await chat.send('Again');
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'model_unauthorized' } });
    const test = await call<ModelTest>(operator, 'model.test');
    expect(test.body).toMatchObject({ ok: false, reason: 'key' });
    expect(elsewhere.requests).toEqual([]);

    expect(new Set(model.requests.map(({ headers }) => headers['api-key']))).toEqual(new Set([CANARY]));
    const asked = model.requests.map(({ url, body, headers: { 'api-key': _key, ...headers } }) => [url, body, headers]);
    await expect.poll(() => frames.length).toBeGreaterThan(0);
    const sessions = await chat.sessions();
    const stored = await Promise.all(sessions.map(({ session_id }) => chat.messages(session_id)));
    const seen = JSON.stringify([asked, frames, answers, stored, failed]);
    expect(seen).not.toContain(CANARY);
    for (const desk of [admin, operator]) expect(desk.program.output()).not.toContain(CANARY);
    // Also as part of a code, whose payload is base64url.
    expect(seen).not.toContain(codeFor(model.origin).split('.')[1]);
  });

  it('is in no file: settings, logs, or the database', async () => {
    const search = promisify(execFile)('grep', ['-rlaF', '--', CANARY, admin.data]);
    await expect(search).rejects.toMatchObject({ code: 1, stdout: '' });
  });

  it('goes with the sign-out of who wishes so', async () => {
    await call(operator, 'auth.sign_out', { forget_model_key: true });
    const signedOut = await call<DeskState>(operator, 'desk.state');
    expect(signedOut.body.me).toBeNull();
  });
});

describe('what was set up', () => {
  it('counts at once, also at a desk that hears no events', { timeout: 120_000 }, async () => {
    const { pipeline } = (await call<DeskState>(admin, 'desk.state')).body;
    const { token } = await admin.signIn('admin@nordlager.example');
    const gate = await openGate(pipeline.url);
    const env = { RENDERDESK_PIPELINE_URL: gate.origin, RENDERDESK_TOKEN: token };
    const deaf = await startDesk({ args: ['--model', 'auto'], env });
    const stateOf = async () => (await call<DeskState>(deaf, 'desk.state')).body.ai.state;
    const tested = async () => (await call<ModelTest>(deaf, 'model.test')).body;
    expect([await stateOf(), (await tested()).code]).toEqual(['not_configured', 'ai_not_configured']);
    expect((await call(deaf, 'model.set_up', { code: codeFor(elsewhere.origin) })).status).toBe(200);
    expect(await tested()).toMatchObject({ ok: true, model: expect.stringContaining('gpt-test') as string });

    const moved = { endpoint: elsewhere.origin, deployment: 'gpt-next', api_version: null };
    await call(deaf, 'settings.put', { model: moved });
    expect(await tested()).toMatchObject({ ok: true, model: expect.stringContaining('gpt-next') as string });
    await call(deaf, 'settings.put', { ai_enabled: false });
    expect(await stateOf()).toBe('disabled');
    await call(deaf, 'settings.put_own_policy', { policy: 'above_limits' });
    expect((await call(deaf, 'settings.own_policy')).body).toEqual({ policy: 'above_limits' });
    await deaf.stop();
    await gate.close();
  });
});
