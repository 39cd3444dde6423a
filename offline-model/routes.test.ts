import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OfflineModelServer } from './server.ts';
import { DATED, V1, body, post, start } from './test-support/post.ts';
import { allTools } from './test-support/offered-tools.ts';

let server: OfflineModelServer;
beforeAll(async () => {
  server = await start();
});
afterAll(() => server.close());

async function errorOf(
  path: string,
  payload: unknown,
  headers?: Record<string, string>,
): Promise<[number, Record<string, unknown>]> {
  const response = await post(server.url + path, payload, headers);
  const json = (await response.json()) as { error: Record<string, unknown> };
  return [response.status, json.error];
}

it('answers both URL forms and both ways to send the key', async () => {
  for (const path of [V1, `${V1}?api-version=v1`, DATED, DATED.replace('/offline/', '/offline-rules/')]) {
    for (const headers of [{}, { 'api-key': '', authorization: 'Bearer the-key' }]) {
      const withoutEmpty = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
      const init = {
        method: 'POST',
        body: JSON.stringify(body('hello')),
        headers: { 'api-key': 'the-key', ...withoutEmpty },
      };
      if ('authorization' in headers) delete (init.headers as Record<string, string>)['api-key'];
      const response = await fetch(server.url + path, init);
      expect(response.status).toBe(200);
      expect(response.headers.get('apim-request-id')).toBeTruthy();
    }
  }
});

it("refuses as Azure's gateway does: key, path, version, deployment", async () => {
  const denied = expect.stringMatching(/^Access denied due to invalid subscription key/) as unknown;
  expect(await errorOf(V1, body('hi'), { 'api-key': 'wrong' })).toEqual([401, { code: '401', message: denied }]);
  expect(await errorOf(V1, body('hi'), { 'api-key': '' })).toEqual([401, { code: '401', message: denied }]);
  const notFound = [404, { code: '404', message: 'Resource not found' }];
  expect(await errorOf('/openai/v1/nothing', body('hi'))).toEqual(notFound);
  expect(await errorOf('/openai/deployments/offline/chat/completions', body('hi'))).toEqual(notFound);
  expect(await errorOf(DATED.replace('2024-10-21', 'latest'), body('hi'))).toEqual(notFound);
  expect(await errorOf(`${V1}?api-version=2024-10-21`, body('hi'))).toMatchObject([
    400,
    { message: 'API version not supported' },
  ]);
  const unknown = [404, { code: 'DeploymentNotFound' }];
  expect(await errorOf(DATED.replace('/offline/', '/gpt/'), body('hi'))).toMatchObject(unknown);
  expect(await errorOf(V1, body('hi', { model: 'gpt' }))).toMatchObject(unknown);
  expect(await errorOf(V1, body('hi', { model: undefined }))).toMatchObject([400, { param: 'model' }]);
});

it('takes any key where none is set, but not an empty one', async () => {
  const open = await start({ key: undefined });
  expect((await post(open.url + V1, body('hi'), { 'api-key': 'whatever' })).status).toBe(200);
  expect((await post(open.url + V1, body('hi'), { 'api-key': '' })).status).toBe(401);
  await open.close();
});

it('answers this machine only: foreign Host and Origin are refused', async () => {
  const status = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const options = { method: 'POST', headers: { 'api-key': 'the-key', ...headers } };
      const call = request(server.url + V1, options, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on('error', reject);
      call.end(JSON.stringify(body('hi')));
    });
  expect(await status({ host: 'evil.example' })).toBe(403);
  expect(await status({ host: '127.0.0.1.evil.example' })).toBe(403);
  expect(await status({ origin: 'https://evil.example' })).toBe(403);
  expect(await status({ host: 'localhost:1', origin: 'http://127.0.0.1:5173' })).toBe(200);
});

const call = (id: string): object => ({ id, type: 'function', function: { name: 'list_orders', arguments: '{}' } });
const asked = { role: 'assistant', content: null, tool_calls: [call('call_a'), call('call_b')] };
const answer = (id: string): object => ({ role: 'tool', tool_call_id: id, content: '{}' });
const toolNamed = (name: string, description = ''): object => ({ type: 'function', function: { name, description } });
const first = { role: 'user', content: 'hi' };

const REFUSED: [what: string, extra: object, error: object][] = [
  ['no messages', { messages: undefined }, { code: 'missing_required_parameter', param: 'messages' }],
  ['empty messages', { messages: [] }, { code: 'empty_array' }],
  ['too many messages', { messages: Array(2049).fill(first) }, { code: 'array_above_max_length' }],
  [
    'unknown role',
    { messages: [{ role: 'robot', content: '' }] },
    { code: 'invalid_value', param: 'messages[0].role' },
  ],
  [
    'null content',
    { messages: [{ role: 'user', content: null }] },
    { message: "Invalid value for 'content': expected a string, got null." },
  ],
  [
    'unanswered call',
    { messages: [first, asked, answer('call_a'), first] },
    {
      message:
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_b",
    },
  ],
  [
    'unanswered at the end',
    { messages: [first, asked] },
    { message: expect.stringMatching(/call_a, call_b$/) as unknown },
  ],
  [
    'orphan tool message',
    { messages: [first, answer('call_x')] },
    {
      message:
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      param: 'messages.[1].role',
      code: null,
    },
  ],
  [
    'empty function name',
    { messages: [first, { ...asked, tool_calls: [{ ...call('c'), function: { name: '', arguments: '' } }] }] },
    { code: 'empty_string' },
  ],
  ['129 tools', { tools: Array(129).fill(allTools[0]) }, { code: 'array_above_max_length', param: 'tools' }],
  ['tool name', { tools: [toolNamed('list orders')] }, { code: 'invalid_value', param: 'tools[0].function.name' }],
  ['long tool name', { tools: [toolNamed('x'.repeat(65))] }, { code: 'string_above_max_length' }],
  [
    'long description',
    { tools: [toolNamed('x', 'd'.repeat(1025))] },
    { code: 'string_above_max_length', param: 'tools[0].function.description' },
  ],
  ['unknown tool_choice', { tool_choice: { type: 'function', function: { name: 'nope' } } }, { param: 'tool_choice' }],
  [
    'tool_choice without tools',
    { tools: undefined, tool_choice: 'auto' },
    { message: expect.stringMatching(/only allowed when 'tools'/) as unknown },
  ],
  [
    'stream_options without stream',
    { stream_options: { include_usage: true } },
    { message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.", param: 'stream_options' },
  ],
  ['n of 2', { n: 2 }, { code: 'unsupported_value', param: 'n' }],
  ['zero tokens', { max_tokens: 0 }, { code: 'integer_below_min_value' }],
  ['json mode', { response_format: { type: 'json_object' } }, { param: 'response_format' }],
];

it.each(REFUSED)('400: %s', async (_, extra, error) => {
  const [status, got] = await errorOf(V1, body('hi', extra));
  expect(status).toBe(400);
  expect(got).toMatchObject({ type: 'invalid_request_error', ...error });
});

it('400: strict schemas that Azure would not take, and a body that is not JSON', async () => {
  const strict = (parameters: object): object => ({
    tools: [{ type: 'function', function: { name: 'f', strict: true, parameters } }],
  });
  const fault = async (parameters: object): Promise<unknown> =>
    (await errorOf(V1, body('hi', strict(parameters))))[1].message;
  expect(await fault({ type: 'object', properties: {} })).toMatch(/'additionalProperties' is required/);
  expect(
    await fault({ type: 'object', properties: { a: { type: 'string' } }, required: [], additionalProperties: false }),
  ).toMatch(/Missing 'a'/);
  const pattern = {
    type: 'object',
    properties: { a: { type: 'string', pattern: 'x' } },
    required: ['a'],
    additionalProperties: false,
  };
  expect(await fault(pattern)).toMatch(/'pattern' is not permitted/);
  expect(await errorOf(V1, 'not json')).toMatchObject([
    400,
    { message: expect.stringMatching(/could not parse the JSON body/) as unknown },
  ]);
});

it('takes a well-formed history, messages with text parts, and the token limits of both names', async () => {
  const history = [
    { role: 'developer', content: 'x' },
    first,
    asked,
    answer('call_b'),
    answer('call_a'),
    { role: 'user', content: [{ type: 'text', text: 'hello' }] },
  ];
  const response = await post(server.url + V1, body('', { messages: history, max_completion_tokens: 5 }));
  const json = (await response.json()) as {
    choices: { finish_reason: string }[];
    usage: { completion_tokens: number };
  };
  expect(json.choices[0]?.finish_reason).toBe('length');
  expect(json.usage.completion_tokens).toBeLessThanOrEqual(5 + 3);
});
