import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readExchanges, type Exchange } from '../helpers/conformance/records.ts';
import { formOf, isOfDesk, judge } from '../helpers/conformance/judge.ts';
import { schemasMissing, type Form } from '../helpers/conformance/schemas.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { startProgram, type RunningProgram } from '../helpers/process-group.ts';
import { delta, sse, startWireServer, usageFrame, type WireServer } from '../helpers/agent/index.ts';
import { chatClient, pendingOf } from './chat-client.ts';

/**
 * Every test file’s conversations are held against the published schemas at its end (`tests/helpers/conformance`). Here is
 * shown that this sees what desks and models in processes of their own say, in each form of an endpoint.
 */
const LONG = { timeout: 120_000 };
let offline: RunningProgram;
let address: string;
let compatible: WireServer;
let desk: RunningDesk;
beforeAll(async () => {
  offline = startProgram('offline-model/index.ts', { args: ['--port', '0', '--delay', '0'] });
  [, address = ''] = await offline.waitFor(/offline model listening on (\S+)/);
  compatible = await startWireServer(
    sse(delta({ role: 'assistant', content: 'Hello' }), delta({}, 'stop'), usageFrame(9, 1)),
  );
  desk = await startDesk();
});
afterAll(async () => {
  await desk.stop();
  await compatible.close();
  await offline.stop();
});
beforeEach((ctx) => {
  if (schemasMissing !== null) ctx.skip(schemasMissing);
});

/** What this file’s programs said so far, in one form. */
function said(form: Form): Exchange[] {
  const all = readExchanges(process.env.RENDERDESK_WIRE_RECORDS ?? '');
  return all.filter(({ request }) => formOf(request.url) === form);
}

/** A turn that reads, asks for approval, and goes on after a denial, an approval, an edit and another try. */
async function wholeConversation(running: RunningDesk): Promise<void> {
  const chat = chatClient(running);
  const { session_id } = await chat.send('How many renders failed this week?');
  const denied = pendingOf(await chat.send('Render KL-6205-2RSR as WebP at 64x64', { session_id }));
  await chat.decide(denied.id, { decision: 'reject', reason: 'Too small' });
  const approved = pendingOf(await chat.send('Render KL-6205-2RSR as WebP at 96x96', { session_id }));
  await chat.decide(approved.id, { decision: 'approve' });
  await chat.send('And what is its status?', { session_id });
  await chat.call('chat.regenerate', { session_id });
  const question = (await chat.messages(session_id)).findLast(({ role }) => role === 'user');
  await chat.send('List the output types', { session_id, replaces: question?.id });
}

describe('the conversations of a desk', () => {
  it('with the offline model it started are all validated, sent and received', LONG, async () => {
    await wholeConversation(desk);
    const exchanges = said('azure-openai-v1');
    // The desk's requests are known as such: they have to fit also where they are refused.
    expect(exchanges.every(({ request }) => isOfDesk(request))).toBe(true);
    const verdict = judge(exchanges);
    expect(verdict.problems).toEqual([]);
    expect(verdict.counts.requests).toBeGreaterThanOrEqual(10);
    expect(verdict.counts.chunks).toBeGreaterThan(100);
    expect(verdict.overlays['prompt-filter-frame']).toBe(verdict.counts.requests);
    expect(verdict.counts).toMatchObject({ broken: 0, refused: 0, unanswered: 0 });
  });

  it('with a deployment by its version are too', LONG, async () => {
    const env = { AZURE_OPENAI_ENDPOINT: address, AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'offline' };
    const dated = await startDesk({ beside: desk, env: { ...env, OPENAI_API_VERSION: '2024-10-21' } });
    await wholeConversation(dated);
    await dated.stop();
    const verdict = judge(said('azure-openai-2025-03-01-preview'));
    expect(verdict.problems).toEqual([]);
    expect(verdict.counts.requests).toBeGreaterThanOrEqual(10);
    expect(verdict.counts.chunks).toBeGreaterThan(100);
  });

  it('with a compatible server are too', LONG, async () => {
    const endpoint = `${compatible.origin}/v1`;
    const env = { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_DEPLOYMENT: 'm' };
    const other = await startDesk({ beside: desk, env });
    await chatClient(other).send('Hello');
    await other.stop();
    const verdict = judge(said('openai-platform'));
    expect(verdict).toMatchObject({ problems: [], counts: { requests: 1, chunks: 3 } });
  });
});
