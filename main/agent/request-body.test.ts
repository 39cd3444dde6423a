import { describe, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { NO_TRAITS, OPTIONAL_PARTS, type ModelTraits } from './model-traits.ts';
import type { ModelRequest, ModelTarget, ModelTool } from './model-types.ts';
import { requestBody } from './request-body.ts';

const target: ModelTarget = {
  form: 'v1',
  endpoint: 'https://model.example/v1',
  deployment: 'gpt',
  apiVersion: null,
  key: 'k',
  label: '',
  offline: false,
};
const described = { name: 'list_orders', description: 'Lists.', parameters: { type: 'object' } };
const tool: ModelTool = { type: 'function', function: { ...described, strict: true } };
const messages = [{ role: 'user' as const, content: 'Hi' }];

function bodyFor(traits: Partial<ModelTraits> = {}, more: Partial<ModelRequest> = {}) {
  const { signal } = new AbortController();
  const request = { messages, tools: [tool], signal, onText: () => undefined, onRateLimited: () => undefined, ...more };
  const { json, sent } = requestBody(target, request, { ...NO_TRAITS, ...traits });
  return { body: JSON.parse(json) as Record<string, unknown>, sent };
}

describe('a request to a model', () => {
  it('has everything in it at a model that takes everything', () => {
    expect(bodyFor({}, { maxTokens: 100 })).toEqual({
      body: {
        model: 'gpt',
        messages,
        tools: [tool],
        stream: true,
        stream_options: { include_usage: true },
        temperature: 0.2,
        parallel_tool_calls: true,
        max_completion_tokens: 100,
      },
      sent: ['stream_options', 'temperature', 'parallel_tool_calls', 'strict', 'max_completion_tokens'],
    });
  });

  it('leaves out what the model refuses', () => {
    expect(bodyFor({ refuses: OPTIONAL_PARTS }, { maxTokens: 100 })).toEqual({
      body: { model: 'gpt', messages, tools: [{ type: 'function', function: described }], stream: true },
      sent: [],
    });
  });

  it('speaks of no tools where there are none', () => {
    expect(bodyFor({}, { tools: [] })).toEqual({
      body: { model: 'gpt', messages, stream: true, stream_options: { include_usage: true }, temperature: 0.2 },
      sent: ['stream_options', 'temperature'],
    });
  });
});

describe('the limit of an answer', () => {
  it.each<[what: string, traits: Partial<ModelTraits>, wanted: number | undefined, limit: object]>([
    ['none where none is wanted', {}, undefined, {}],
    ['the one that the model needs', { needsLimit: true }, undefined, { max_completion_tokens: LIMITS.answerTokens }],
    ['the one that is wanted', { needsLimit: true }, 5, { max_completion_tokens: 5 }],
    ['no more than the model takes', { largestLimit: 512 }, 1000, { max_completion_tokens: 512 }],
    ['less than the model takes', { largestLimit: 512 }, 100, { max_completion_tokens: 100 }],
    ['under the old name', { refuses: ['max_completion_tokens'] }, 5, { max_tokens: 5 }],
    ['none under no name', { refuses: ['max_completion_tokens', 'max_tokens'], needsLimit: true }, 5, {}],
  ])('is %s', (_what, traits, maxTokens, limit) => {
    const { body, sent } = bodyFor(traits, maxTokens === undefined ? {} : { maxTokens });
    const limits = Object.entries(body).filter(([name]) => name.startsWith('max_'));
    expect(Object.fromEntries(limits)).toEqual(limit);
    expect(sent.filter((part) => part.startsWith('max_'))).toEqual(Object.keys(limit));
  });
});
