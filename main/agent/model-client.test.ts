import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  broken,
  delta,
  frameText,
  refusal,
  sse,
  startWireServer,
  usageFrame,
  type WireAnswer,
  type WireServer,
} from '../../tests/helpers/agent/index.ts';
import { PATIENCE, type ModelPatience } from './limits.ts';
import { createModel, v1Address } from './model-client.ts';
import type { ModelTraits, TraitsMemory } from './model-traits.ts';
import type { ModelTarget, ModelTool } from './model-types.ts';

const KEY = 'sk-secret-key-0123456789';
const FAST = { ...PATIENCE, firstEventMs: 1500, idleMs: 150, totalMs: 3000, longestWaitMs: 500, waitsMs: 800 };
const BUSY = { error: { code: '429', message: 'Your requests have exceeded the rate limit.' } };
const hello = sse(delta({ content: 'Hello' }), delta({}, 'stop'), usageFrame(3, 1));

const open: WireServer[] = [];
// What the first question of a process loads takes longer than the short patience of these tests on a busy machine.
beforeAll(async () => {
  await ask([hello], { patience: PATIENCE });
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

type More = Partial<ModelTarget> & {
  signal?: AbortSignal;
  memory?: TraitsMemory;
  tools?: ModelTool[];
  maxTokens?: number;
  patience?: ModelPatience;
  /** Called with each text and each wait. */
  onNews?: () => void;
};

async function ask(answers: WireAnswer[], more: More = {}) {
  const server = await startWireServer(...answers);
  open.push(server);
  const { signal, memory, tools = [], maxTokens, patience = FAST, onNews, ...target } = more;
  const model = createModel(
    {
      form: 'v1',
      endpoint: server.origin,
      deployment: 'gpt',
      apiVersion: null,
      key: KEY,
      label: '',
      offline: false,
      ...target,
    },
    { patience, ...(memory ? { memory } : {}) },
  );
  const retries: string[] = [];
  let text = '';
  const started = Date.now();
  const result = await model({
    messages: [{ role: 'user', content: 'Hi' }],
    tools,
    ...(maxTokens === undefined ? {} : { maxTokens }),
    signal: signal ?? new AbortController().signal,
    onText: (chunk) => {
      text += chunk;
      onNews?.();
    },
    onRateLimited: (at) => {
      retries.push(at);
      onNews?.();
    },
  });
  return { result, text, retries, server, ms: Date.now() - started, code: result.ok ? 'ok' : result.failure.code };
}

describe('where a question goes', () => {
  it('uses the v1 form with api-key and the deployment as model', async () => {
    const { server, result } = await ask([hello]);
    expect(result).toMatchObject({ ok: true, value: { text: 'Hello', usage: { total: 4 } } });
    const [request] = server.requests;
    expect(request?.url).toBe('/openai/v1/chat/completions');
    expect(request?.headers['api-key']).toBe(KEY);
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.body).toMatchObject({ model: 'gpt', stream: true, stream_options: { include_usage: true } });
  });

  it('uses the dated form with the deployment in the path, whatever its name', async () => {
    const { server } = await ask([hello], { form: 'dated', apiVersion: '2024-10-21', deployment: '../admin' });
    expect(server.requests[0]?.url).toBe('/openai/deployments/..%2Fadmin/chat/completions?api-version=2024-10-21');
    expect(server.requests[0]?.headers['api-key']).toBe(KEY);
  });

  it('sends a bearer token to an address that ends in /v1', async () => {
    const server = await startWireServer(hello);
    open.push(server);
    expect(v1Address(`${server.origin}/v1/`)).toBe(`${server.origin}/v1/`);
    const model = createModel(
      {
        form: 'v1',
        endpoint: `${server.origin}/v1`,
        deployment: 'm',
        apiVersion: null,
        key: KEY,
        label: '',
        offline: false,
      },
      { patience: FAST },
    );
    await model({
      messages: [{ role: 'user', content: 'Hi' }],
      tools: [],
      signal: new AbortController().signal,
      onText: () => undefined,
      onRateLimited: () => undefined,
    });
    expect(server.requests[0]).toMatchObject({
      url: '/v1/chat/completions',
      headers: { authorization: `Bearer ${KEY}` },
    });
  });

  it('is not led elsewhere by the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_BASE_URL: 'http://127.0.0.1:1',
      OPENAI_API_KEY: 'other',
      OPENAI_ORG_ID: 'org',
      AZURE_OPENAI_API_KEY: 'x',
    });
    const { server, code } = await ask([hello]);
    process.env = before;
    expect(code).toBe('ok');
    expect(server.requests[0]?.headers['openai-organization']).toBeUndefined();
  });

  it.each(['v1', 'dated'] as const)('does not follow a redirect with prompt or key (%s)', async (form) => {
    const thief = await startWireServer(hello);
    open.push(thief);
    const { code } = await ask([(response) => void response.writeHead(307, { location: `${thief.origin}/x` }).end()], {
      form,
      apiVersion: '2024-10-21',
    });
    expect(code).not.toBe('ok');
    expect(thief.requests).toEqual([]);
  });
});

describe('a refused question', () => {
  const filtered = {
    error: {
      code: 'content_filter',
      message: 'The response was filtered due to the prompt triggering Azure OpenAI’s content management policy.',
    },
  };
  it.each([
    [401, { error: { code: '401', message: `Incorrect API key provided: ${KEY}` } }, 'model_unauthorized'],
    [403, 'Forbidden', 'model_unauthorized'],
    [
      404,
      { error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' } },
      'model_not_found',
    ],
    [400, filtered, 'model_filtered'],
    [
      400,
      { error: { code: 'context_length_exceeded', message: "This model's maximum context length is 128000 tokens." } },
      'model_context_too_long',
    ],
    [400, { error: { code: 'x', message: `odd ${KEY}` } }, 'model_failed'],
    [431, '<html>too large</html>', 'model_failed'],
  ])('with status %i %j is %s, and never tells the key', async (status, body, expected) => {
    const { code, result } = await ask([refusal(status, body)]);
    expect(code).toBe(expected);
    expect(JSON.stringify(result)).not.toContain(KEY);
  });

  it('is unreachable where nobody listens', async () => {
    const { code } = await ask([hello], { endpoint: 'http://127.0.0.1:1' });
    expect(code).toBe('model_unreachable');
  });
});

describe('a busy model', () => {
  it('is asked again when it said, and the wait is told', async () => {
    const { code, retries, ms } = await ask([refusal(429, BUSY, { 'retry-after-ms': '200' }), hello]);
    expect(code).toBe('ok');
    expect(retries.length).toBe(1);
    expect(ms).toBeGreaterThanOrEqual(195);
  });

  it('that asks for no rest at all, for ever, is not asked for ever', async () => {
    const { code, server } = await ask([refusal(429, BUSY, { 'retry-after': '0' })]);
    expect(code).toBe('model_rate_limited');
    expect(server.requests.length).toBeLessThan(6);
  });

  it('whose quota is used up is not waited for', async () => {
    const { code, server } = await ask([refusal(429, { error: { code: 'insufficient_quota', message: 'pay' } })]);
    expect([code, server.requests.length]).toEqual(['model_quota_used_up', 1]);
  });

  it('that asks for too long a wait is not waited for', async () => {
    const { code, server, result } = await ask([refusal(429, BUSY, { 'retry-after': '86400' })]);
    expect(code).toBe('model_rate_limited');
    expect(result).toMatchObject({ failure: { details: { retry_at: expect.any(String) as string } } });
    expect(server.requests.length).toBe(1);
  });

  it('is not waited for beyond the patience of all waits', async () => {
    const { code, server } = await ask([refusal(429, BUSY, { 'retry-after-ms': '300' })]);
    expect(code).toBe('model_rate_limited');
    expect(server.requests.length).toBe(3);
  });

  it('can be stopped while it is waited for', async () => {
    const stop = new AbortController();
    const { code, server } = await ask([refusal(429, BUSY, { 'retry-after': '60' })], {
      ...{ signal: stop.signal, patience: PATIENCE, onNews: () => stop.abort() },
    });
    expect([code, server.requests.length]).toEqual(['stopped', 1]);
  });

  it('with a passing failure is asked again, and a parameter it does not know is left out', async () => {
    const passing = await ask([refusal(503, 'no healthy upstream'), hello]);
    expect(passing.code).toBe('ok');
    const older = await ask([
      refusal(400, { error: { code: 'unknown_parameter', param: 'stream_options', message: 'Unknown' } }),
      hello,
    ]);
    expect(older.code).toBe('ok');
    expect(older.server.requests[1]?.body['stream_options']).toBeUndefined();
  });
});

describe('what a model does not take', () => {
  const tool: ModelTool = { type: 'function', function: { name: 'f', description: '', parameters: {}, strict: true } };
  const unsupported = (param: string): WireAnswer =>
    refusal(400, { error: { code: 'unsupported_parameter', param, message: `Unsupported parameter: '${param}'` } });
  const memoryOf = (first: ModelTraits | null = null) => {
    const kept: ModelTraits[] = [];
    return { kept, get: () => first, set: (traits: ModelTraits) => void kept.push(traits) };
  };

  it('is learned from its refusals one by one and remembered once it worked', async () => {
    const memory = memoryOf();
    const { code, server } = await ask(
      [
        unsupported('temperature'),
        unsupported('parallel_tool_calls'),
        unsupported('max_completion_tokens'),
        unsupported('tools[0].function.strict'),
        hello,
      ],
      { memory, tools: [tool], maxTokens: 16 },
    );
    expect(code).toBe('ok');
    expect(server.requests[0]?.body).toMatchObject({
      temperature: 0.2,
      parallel_tool_calls: true,
      max_completion_tokens: 16,
      tools: [{ function: { strict: true } }],
    });
    const last = server.requests[4]?.body;
    expect(Object.keys(last ?? {}).toSorted()).toEqual([
      'max_tokens',
      'messages',
      'model',
      'stream',
      'stream_options',
      'tools',
    ]);
    expect(JSON.stringify(last?.['tools'])).not.toContain('strict');
    expect(memory.kept).toEqual([
      {
        refuses: ['temperature', 'parallel_tool_calls', 'max_completion_tokens', 'strict'],
        needsLimit: false,
        largestLimit: null,
      },
    ]);
  });

  it('is left out from the first request on where it is remembered', async () => {
    const memory = memoryOf({ refuses: ['temperature', 'stream_options'], needsLimit: true, largestLimit: 1000 });
    const { server } = await ask([hello], { memory });
    expect(Object.keys(server.requests[0]?.body ?? {}).toSorted()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'stream',
    ]);
    expect(server.requests[0]?.body['max_completion_tokens']).toBe(1000);
    expect(memory.kept).toEqual([]);
  });

  it('is not remembered where leaving it out did not help', async () => {
    const memory = memoryOf();
    const { code, server } = await ask([refusal(400, 'no'), refusal(400, 'no'), hello], { memory });
    expect([code, server.requests.length, memory.kept]).toEqual(['model_failed', 2, []]);
  });
});

describe('an access token that ran out', () => {
  it('is not sent at all', async () => {
    const claims = Buffer.from('{"exp":1000}').toString('base64url');
    const { code, server, result } = await ask([hello], { key: `eyJhbGciOiJub25lIn0.${claims}.x` });
    expect([code, server.requests.length]).toEqual(['model_unauthorized', 0]);
    expect(result).toMatchObject({ failure: { details: { reason: 'token_expired' } } });
  });
});

describe('a broken stream', () => {
  const begun: WireAnswer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(frameText(delta({ content: 'Hel' })));
  };
  it.each<[string, WireAnswer, string]>([
    ['stalls before it begins', () => undefined, 'model_timeout'],
    ['stalls in the middle', begun, 'model_timeout'],
    [
      'is kept alive by comments only',
      (response, request) => {
        begun(response, request);
        const timer = setInterval(() => response.write(': ping\n\n'), 20);
        response.on('close', () => clearInterval(timer));
      },
      'model_timeout',
    ],
    [
      'is cut',
      (response, request) => {
        begun(response, request);
        setTimeout(() => response.destroy(), 20);
      },
      'model_failed',
    ],
    [
      'ends without an ending',
      broken((response, request) => {
        begun(response, request);
        response.end();
      }),
      'model_failed',
    ],
    ['carries an error', sse(delta({ content: 'x' }), { error: { message: 'high demand' } }), 'model_failed'],
    ['carries an error event', sse('event: error\ndata: {"error":{"message":"bad"}}\n\n'), 'model_failed'],
    ['is not JSON', broken(sse('data: {"choices": [\n\n')), 'model_failed'],
    [
      'is HTML',
      broken((response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>')),
      'model_failed',
    ],
    ['is filtered', sse(delta({ content: 'x' }), delta({}, 'content_filter')), 'model_filtered'],
    [
      'is cut at its length',
      sse(
        delta({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"a' } }] }),
        delta({}, 'length'),
      ),
      'model_failed',
    ],
    ['says nothing', sse(delta({}, 'stop')), 'model_failed'],
  ])('that %s', async (_what, answer, expected) => {
    const { code } = await ask([answer]);
    expect(code).toBe(expected);
  });

  it('that is one huge event', async () => {
    const huge = broken(sse(delta({ content: 'x'.repeat(17 * 1024 * 1024) }), delta({}, 'stop')));
    expect((await ask([huge], { patience: PATIENCE })).code).toBe('model_failed');
  });

  it('gives out what was said before its error, in whatever pieces it comes', async () => {
    const frames = [delta({ content: 'Hel' }), delta({ content: 'lo' }), { error: { message: 'high demand' } }];
    const { text, code } = await ask([sse(frames.map(frameText).join(''))]);
    expect([text, code]).toEqual(['Hello', 'model_failed']);
  });

  it('is not asked for again once it began', async () => {
    const { server } = await ask([
      (response, request) => {
        begun(response, request);
        setTimeout(() => response.destroy(), 20);
      },
    ]);
    expect(server.requests.length).toBe(1);
  });

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController();
    const onNews = (): void => stop.abort();
    const { code, text } = await ask([begun], { signal: stop.signal, patience: PATIENCE, onNews });
    expect([code, text]).toEqual(['stopped', 'Hel']);
  });
});
