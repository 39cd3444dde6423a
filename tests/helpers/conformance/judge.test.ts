import { beforeEach, describe, expect, it } from 'vitest';
import { problemIn } from './fits.ts';
import { judge } from './judge.ts';
import { OVERLAYS } from './overlays.ts';
import type { Exchange } from './records.ts';
import { FORMS, schemasMissing, type Form, type Root } from './schemas.ts';
import { sumOf, toldOf } from './verdict.ts';

beforeEach((ctx) => {
  if (schemasMissing !== null) ctx.skip(schemasMissing);
});

const V1 = '/openai/v1/chat/completions';
const DATED = '/openai/deployments/m/chat/completions?api-version=2024-10-21';
const PLATFORM = '/v1/chat/completions';
const question = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
const tool = (more: object = {}) => ({
  type: 'function',
  function: { name: 'f', description: 'd', parameters: {}, ...more },
});
const envelope = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
const chunk = { ...envelope, choices: [{ index: 0, delta: { content: 'x' }, finish_reason: null }] };
const stream = (...frames: unknown[]): string =>
  frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`).join('');

interface Said {
  url?: string;
  client?: string;
  body?: unknown;
  status?: number;
  text?: string;
  ended?: boolean;
  broken?: boolean;
}

function exchange(said: Said): Exchange {
  const { url = V1, client = 'OpenAI/JS 7', body = question, status = 200 } = said;
  const { text = stream(chunk, '[DONE]'), ended = true, broken = false } = said;
  return {
    request: { kind: 'request', id: '1', url, client, body: typeof body === 'string' ? body : JSON.stringify(body) },
    answer: { kind: 'answer', id: '1', status, text, ended, broken },
  };
}

const verdictOf = (said: Said) => judge([exchange(said)]);

describe('a conversation that fits', () => {
  it.each([V1, DATED, PLATFORM])('is counted: %s', (url) => {
    const verdict = verdictOf({ url, body: { ...question, stream: true, stream_options: { include_usage: true } } });
    expect(verdict.problems).toEqual([]);
    expect(verdict.counts).toMatchObject({ requests: 1, chunks: 1, errors: 0, cut: 0 });
  });

  it('may be refused, be cut, or not be answered at all', () => {
    const error = JSON.stringify({ error: { code: '401', message: 'no' } });
    expect(verdictOf({ status: 401, text: error })).toMatchObject({ counts: { errors: 1 }, problems: [] });
    expect(verdictOf({ status: 502, text: '<html>' })).toMatchObject({ counts: { pages: 1 }, problems: [] });
    expect(verdictOf({ status: 307, text: '' })).toMatchObject({ counts: { pages: 1 }, problems: [] });
    const half = `${stream(chunk)}data: {"cho`;
    expect(verdictOf({ text: half, ended: false })).toMatchObject({ counts: { chunks: 1, cut: 1 }, problems: [] });
    expect(judge([{ ...exchange({}), answer: null }])).toMatchObject({ counts: { unanswered: 1 }, problems: [] });
    const failing = stream(chunk, { error: { message: 'high demand' } });
    expect(verdictOf({ text: failing })).toMatchObject({ counts: { chunks: 1, errors: 1 }, problems: [] });
  });

  it('may be wrong on purpose: by hand and refused, or marked', () => {
    const wrong = { client: 'node', body: { messages: 1 }, status: 400, text: '{"error":{"message":"no"}}' };
    expect(verdictOf(wrong)).toMatchObject({ counts: { refused: 1, requests: 0 }, problems: [] });
    expect(verdictOf({ ...wrong, status: 200 }).problems).not.toEqual([]);
    expect(verdictOf({ broken: true, text: '' })).toMatchObject({ counts: { broken: 1 }, problems: [] });
  });
});

describe('a request that does not fit', () => {
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
  const messages = (...all: object[]) => ({ ...question, messages: all });
  it.each<[string, unknown, RegExp]>([
    ['is no JSON', 'x', /is no JSON/],
    ['has no messages', { model: 'm', messages: [] }, /\/messages must NOT have fewer than 1/],
    ['has an odd role', messages({ role: 'boss', content: 'x' }), /\/messages\/0/],
    ['has a temperature that is too high', { ...question, temperature: 3 }, /\/temperature must be <= 2/],
    ['has an unknown parameter', { ...question, patience: 1 }, /patience is no parameter/],
    ['wants its tokens without a stream', { ...question, stream_options: {} }, /stream_options without/],
    [
      'offers too many tools',
      { ...question, tools: Array.from({ length: 129 }, () => tool()) },
      /request-limits: \/tools/,
    ],
    ['offers no tools at all', { ...question, tools: [] }, /request-limits: \/tools/],
    ['has an odd tool name', { ...question, tools: [tool({ name: 'a b' })] }, /\/tools\/0\/function\/name/],
    ['has a long description', { ...question, tools: [tool({ description: 'x'.repeat(1025) })] }, /description/],
    ['leaves a call open', messages({ role: 'assistant', content: null, tool_calls: [call] }), /unanswered/],
    ['answers no call', messages({ role: 'tool', tool_call_id: 'c', content: '' }), /orphan c/],
    ['does not name the call', messages({ role: 'tool', content: '' }), /messages: .*tool_call_id/],
    ['has an empty list of calls', messages({ role: 'assistant', content: '', tool_calls: [] }), /tool_calls must NOT/],
  ])('because it %s', (_what, body, expected) => {
    for (const url of [V1, DATED, PLATFORM]) {
      expect(verdictOf({ url, body }).problems.join('\n')).toMatch(expected);
    }
  });

  it('because the v1 form needs a model', () => {
    expect(verdictOf({ body: { messages: question.messages } }).problems[0]).toContain(
      "must have required property 'model'",
    );
  });
});

describe('an answer that does not fit', () => {
  it.each<[string, Said, RegExp]>([
    ['is neither stream nor JSON', { text: '<html>' }, /neither a stream nor JSON/],
    ['is another answer', { text: '{"hello":1}' }, /the answer: azure-openai-v1/],
    ['has a frame that is no JSON', { text: stream('{"choices', '[DONE]') }, /frame 1: is no JSON/],
    ['has a frame without an id', { text: stream({ ...chunk, id: undefined }, '[DONE]') }, /frame 1: .*'id'/],
    ['says something after its end', { text: stream('[DONE]', chunk) }, /comes after \[DONE\]/],
    ['never says that it is whole', { text: stream(chunk) }, /ends without \[DONE\]/],
    ['fails without a message', { status: 500, text: '{"error":{}}' }, /status 500: error-has-message/],
  ])('because it %s', (_what, said, expected) => {
    expect(verdictOf(said).problems.join('\n')).toMatch(expected);
  });
});

describe('the overlays', () => {
  const filter = { hate: { filtered: false, severity: 'safe' } };
  const empty = { created: 0, id: '', model: '', object: '' };
  const asyncChoice = { index: 0, finish_reason: null, content_filter_results: filter, content_filter_offsets: {} };
  const promptFilter = {
    ...empty,
    choices: [],
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: filter }],
  };
  const filtered = { message: 'm', type: null, param: 'prompt', code: 'content_filter', status: 400, innererror: {} };
  const also: [id: string, form: Form, root: Root, data: object, near: object][] = [
    ['prompt-filter-frame', 'azure-openai-v1', 'chunk', promptFilter, { ...promptFilter, id: 'x' }],
    [
      'async-filter-frame',
      'azure-openai-v1',
      'chunk',
      { ...empty, choices: [asyncChoice], usage: null },
      { ...empty, choices: [{ ...asyncChoice, content_filter_offsets: undefined }] },
    ],
    [
      'model-server-error',
      'azure-openai-v1',
      'error',
      { error: { message: 'm', type: 'invalid_request_error', param: null, code: null } },
      { error: { message: 'm', type: 'odd', retry: 1 } },
    ],
    [
      'content-filter-error',
      'azure-openai-2025-03-01-preview',
      'error',
      { error: filtered },
      { error: { ...filtered, status: 'bad' } },
    ],
    [
      'gateway-error',
      'openai-platform',
      'error',
      { error: { code: '404', message: 'm' } },
      { error: { code: 404, message: 'm' } },
    ],
  ];
  it.each(also)('%s lets pass what is sent, and nothing like it', (...[id, form, root, data, near]) => {
    const verdict = { overlays: {} };
    expect(problemIn(verdict, form, root, JSON.parse(JSON.stringify(data)))).toBeNull();
    expect(verdict.overlays).toEqual({ [id]: 1 });
    expect(problemIn(verdict, form, root, JSON.parse(JSON.stringify(near)))).not.toBeNull();
  });

  it('are all tried here, and each names its source', () => {
    const relaxing = OVERLAYS.filter(({ effect }) => effect === 'also').map(({ id }) => id);
    expect(relaxing.toSorted()).toEqual(also.map(([id]) => id).toSorted());
    for (const { source, forms } of OVERLAYS) {
      expect(source.length).toBeGreaterThan(20);
      expect(FORMS).toEqual(expect.arrayContaining([...forms]));
    }
  });
});

it('the sums of several files are told in a line', () => {
  const one = verdictOf({});
  expect(toldOf(sumOf([one, one]))).toContain('2 requests, 0 responses, 2 chunks');
  expect(toldOf(sumOf([]))).toBe('no conversation with a model');
});
