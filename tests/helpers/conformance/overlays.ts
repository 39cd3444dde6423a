import type { Form, Root } from './schemas.ts';

/** What the service does beyond its published schema. */
export interface Overlay {
  readonly id: string;
  readonly root: Root;
  /** The forms of endpoints it is about. */
  readonly forms: readonly Form[];
  /** `also`: is sent though the schema does not allow it. `must`: is refused, or never sent, though the schema allows it. */
  readonly effect: 'also' | 'must';
  /** Where this was seen or is written. */
  readonly source: string;
  readonly schema: Record<string, unknown>;
}

/** Parameters that a form takes though its schema does not name them; a service refuses others (`unknown_parameter`). */
export const MORE_PARAMETERS: Readonly<Record<Form, { names: readonly string[]; source: string }>> = {
  'azure-openai-v1': { names: [], source: '' },
  'azure-openai-2025-03-01-preview': {
    names: ['model'],
    source: 'The deployment in the path counts and `model` is ignored; the openai package always sends it',
  },
  'openai-platform': { names: [], source: '' },
};

const AZURE = ['azure-openai-v1', 'azure-openai-2025-03-01-preview'] as const;
const ALL = [...AZURE, 'openai-platform'] as const;

const object = { type: 'object' };
const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };

/** An object of exactly these members, all of them there but the optional ones. */
function exactly(properties: Record<string, unknown>, optional: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'object',
    required: Object.keys(properties),
    properties: { ...properties, ...optional },
    additionalProperties: false,
  };
}

/** Frames with nothing in the envelope: Azure's own remarks on a stream. */
const emptyEnvelope = { created: { const: 0 }, id: { const: '' }, model: { const: '' }, object: { const: '' } };

const functionName = { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,64}$' };

/**
 * Entry by entry, with its source. Each frame, body or error has to fit its published schema or an `also` of this list, and
 * every `must`. Fields that a schema does not name are allowed by it already (`content_filter_results` beside a delta,
 * `prompt_filter_results`, `delta.content: ""`, `usage: null`).
 */
export const OVERLAYS: readonly Overlay[] = [
  {
    id: 'prompt-filter-frame',
    root: 'chunk',
    forms: AZURE,
    effect: 'also',
    source: 'First frame of an Azure stream: github.com/open-webui/open-webui#1759, grafana/grafana#790',
    schema: exactly(
      { ...emptyEnvelope, choices: { type: 'array', maxItems: 0 }, prompt_filter_results: { type: 'array' } },
      { usage: { type: 'null' } },
    ),
  },
  {
    id: 'async-filter-frame',
    root: 'chunk',
    forms: AZURE,
    effect: 'also',
    source: 'Remarks of the asynchronous filter, without a delta: Azure OpenAI, concepts/content-streaming',
    schema: exactly(
      {
        ...emptyEnvelope,
        choices: {
          type: 'array',
          minItems: 1,
          maxItems: 1,
          items: exactly(
            {
              index: { type: 'integer' },
              finish_reason: { enum: [null, 'content_filter'] },
              content_filter_results: object,
              content_filter_offsets: object,
            },
            { logprobs: { type: 'null' } },
          ),
        },
      },
      { usage: { type: 'null' } },
    ),
  },
  {
    id: 'model-server-error',
    root: 'error',
    forms: AZURE,
    effect: 'also',
    source:
      'Refusals of the model behind Azure: type "invalid_request_error", code and param may be null ' +
      '(Azure/azure-sdk-for-net#41892, openai/codex#7628)',
    schema: exactly({ error: exactly({ message: text }, { type: text, code: textOrNull, param: textOrNull }) }),
  },
  {
    id: 'content-filter-error',
    root: 'error',
    forms: AZURE,
    effect: 'also',
    source:
      'A filtered prompt: type null, a status, and "innererror" where the schema says "inner_error" ' +
      '(BerriAI/litellm, Azure OpenAI, concepts/content-filter)',
    schema: exactly({
      error: exactly(
        { message: text, code: { const: 'content_filter' }, type: { type: 'null' }, param: textOrNull },
        { status: { const: 400 }, innererror: object },
      ),
    }),
  },
  {
    id: 'gateway-error',
    root: 'error',
    forms: ['openai-platform'],
    effect: 'also',
    source: 'Servers that are compatible with OpenAI, and gateways before them, say code and message only',
    schema: exactly({ error: exactly({ message: text }, { type: text, code: textOrNull, param: textOrNull }) }),
  },
  {
    id: 'error-has-message',
    root: 'error',
    forms: ALL,
    effect: 'must',
    source:
      'The Azure schemas require nothing. Every error says something: in its envelope, or, from the gateway that checks ' +
      'tokens and quotas, beside a statusCode (Azure API Management)',
    schema: {
      anyOf: [
        { type: 'object', required: ['error'], properties: { error: { ...object, required: ['message'] } } },
        exactly({ statusCode: { type: 'integer' }, message: text }),
      ],
    },
  },
  {
    id: 'request-limits',
    root: 'request',
    forms: ALL,
    effect: 'must',
    source: 'Azure OpenAI, quotas-limits: 2048 messages, 128 tools (microsoft/semantic-kernel, Tools4AI#16)',
    schema: {
      type: 'object',
      properties: { messages: { type: 'array', maxItems: 2048 }, tools: { type: 'array', minItems: 1, maxItems: 128 } },
    },
  },
  {
    id: 'tool-definitions',
    root: 'request',
    forms: ALL,
    effect: 'must',
    source: 'Names of [a-zA-Z0-9_-]{1,64}; descriptions of at most 1,024 characters (OpenHands#4838)',
    schema: {
      type: 'object',
      properties: {
        tools: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              function: {
                type: 'object',
                properties: { name: functionName, description: { type: 'string', maxLength: 1024 } },
              },
            },
          },
        },
      },
    },
  },
  {
    id: 'messages',
    root: 'request',
    forms: ALL,
    effect: 'must',
    source:
      'At most 128 calls in a message (openai/openai-dotnet#317); a call’s name is not empty (openai/codex#7628); the v1 ' +
      'schema does not require the call that a tool message answers',
    schema: {
      type: 'object',
      properties: {
        messages: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              tool_calls: {
                type: 'array',
                minItems: 1,
                maxItems: 128,
                items: {
                  type: 'object',
                  properties: { function: { type: 'object', properties: { name: functionName } } },
                },
              },
            },
            anyOf: [
              { properties: { role: { not: { const: 'tool' } } } },
              { type: 'object', required: ['tool_call_id'], properties: { tool_call_id: { ...text, minLength: 1 } } },
            ],
          },
        },
      },
    },
  },
];
