import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { limitedFetch } from './limited-fetch.ts';
import { PATIENCE, type ModelPatience } from './limits.ts';
import type { AskModel, ModelRequest, ModelTarget } from './model-types.ts';
import { withRetries } from './retry-model.ts';
import { streamAnswer } from './stream-answer.ts';

/** A model at an endpoint. The openai package is loaded with the first question, not with the desk. */
export function createModel(target: ModelTarget, patience: ModelPatience = PATIENCE): AskModel {
  let client: Promise<OpenAI> | undefined;
  let includeUsage = true;
  return (request) =>
    withRetries({
      patience,
      signal: request.signal,
      onRateLimited: request.onRateLimited,
      onUnsupported: (parameter) => {
        // Older compatible servers refuse it; usage is then estimated.
        if (!includeUsage || parameter !== 'stream_options') return false;
        includeUsage = false;
        return true;
      },
      attempt: () =>
        streamAnswer({
          key: target.key,
          patience,
          signal: request.signal,
          onText: request.onText,
          open: async (signal) => {
            client ??= createClient(target);
            const body = bodyOf(target, request, includeUsage);
            return (await client).chat.completions.create(body, { signal });
          },
        }),
    });
}

function bodyOf(
  target: ModelTarget,
  request: ModelRequest,
  includeUsage: boolean,
): ChatCompletionCreateParamsStreaming {
  return {
    model: target.deployment,
    messages: [...request.messages],
    ...(request.tools.length > 0 ? { tools: [...request.tools] } : {}),
    stream: true,
    ...(includeUsage ? { stream_options: { include_usage: true } } : {}),
  };
}

/**
 * The package's defaults are wrong for us in three ways: it reads addresses and keys from the environment (explicit
 * values and nulls stop that), it retries on its own, and it would follow a redirect with the whole prompt.
 */
async function createClient(target: ModelTarget): Promise<OpenAI> {
  const { AzureOpenAI, OpenAI: OpenAIClient } = await import('openai');
  const common = {
    apiKey: target.key,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: PATIENCE.totalMs,
    fetch: limitedFetch,
    fetchOptions: { redirect: 'error' },
    logLevel: 'off',
  } satisfies ClientOptions;
  if (target.form === 'dated') {
    return new AzureOpenAI({
      ...common,
      endpoint: target.endpoint,
      deployment: target.deployment,
      apiVersion: target.apiVersion ?? '',
    });
  }
  const baseURL = v1Address(target.endpoint);
  const isAzure = baseURL.endsWith('/openai/v1/');
  return new OpenAIClient({
    ...common,
    baseURL,
    ...(isAzure ? { defaultHeaders: { 'api-key': target.key, Authorization: null } } : {}),
  });
}

/** The v1 address of an endpoint: Azure's resource gets `/openai/v1/`; an address that ends in `/v1` is taken as it is. */
export function v1Address(endpoint: string): string {
  const trimmed = endpoint.replace(/\/+$/, '');
  return /\/v1$/.test(trimmed) ? `${trimmed}/` : `${trimmed}/openai/v1/`;
}
