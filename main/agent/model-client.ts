import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import { fail, type Result } from '../../shared/errors/index.ts';
import { limitedFetch } from './limited-fetch.ts';
import { PATIENCE, type ModelPatience } from './limits.ts';
import { authHeaders, tokenExpiry } from './model-auth.ts';
import { learnFrom, NO_TRAITS, type OptionalPart, type TraitsMemory } from './model-traits.ts';
import type { AskModel, ModelAnswer, ModelRequest, ModelTarget } from './model-types.ts';
import { readEvents } from './read-events.ts';
import { requestBody } from './request-body.ts';
import { withRetries } from './retry-model.ts';
import { streamAnswer } from './stream-answer.ts';

export interface ModelOptions {
  patience?: ModelPatience;
  /** How requests reach the network; without it Node's own way. */
  fetch?: typeof globalThis.fetch;
  /** Remembers what the model refused, so that it is refused once and not in every run. */
  memory?: TraitsMemory;
}

/** A model at an endpoint. The openai package is loaded with the first question, not with the desk. */
export function createModel(target: ModelTarget, options: ModelOptions = {}): AskModel {
  const { patience = PATIENCE, memory, fetch = globalThis.fetch } = options;
  let client: Promise<OpenAI> | undefined;
  let traits = memory?.get() ?? NO_TRAITS;
  let remembered = traits;

  const ask = async (request: ModelRequest): Promise<Result<ModelAnswer>> => {
    let sent: OptionalPart[] = [];
    const answer = await withRetries({
      patience,
      signal: request.signal,
      onRateLimited: request.onRateLimited,
      onRefused: (refused) => {
        const learned = learnFrom(refused, traits, sent);
        traits = learned ?? traits;
        return learned !== undefined;
      },
      attempt: async () => {
        const outcome = await streamAnswer({
          key: target.key,
          patience,
          signal: request.signal,
          onText: request.onText,
          open: async (signal) => {
            client ??= createClient(target, fetch);
            const asked = requestBody(target, request, traits);
            ({ sent } = asked);
            return readEvents(await post(await client, asked.json, signal));
          },
        });
        if (outcome.thrown === undefined && remembered !== traits) {
          remembered = traits;
          memory?.set(traits);
        }
        return outcome;
      },
    });
    // What was left out was the reason only where it helped.
    traits = remembered;
    return answer;
  };

  return async (request) => {
    const expired = tokenExpiry(target.key, Date.now());
    if (expired === null) return ask(request);
    const message = `The access token for the model has run out (${expired}). Enter a new one in Settings > AI.`;
    return fail('model_unauthorized', message, { details: { reason: 'token_expired' } });
  };
}

/**
 * The package's defaults are wrong for us in three ways: it reads addresses and keys from the environment (explicit
 * values and nulls stop that), it retries on its own, and it would follow a redirect with the whole prompt. Its class for
 * Azure is not needed: it adds the deployment to the path, which `addressOf` does.
 */
async function createClient(target: ModelTarget, fetch: typeof globalThis.fetch): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  const options = {
    baseURL: addressOf(target),
    apiKey: target.key,
    defaultHeaders: authHeaders(target),
    ...(target.form === 'dated' ? { defaultQuery: { 'api-version': target.apiVersion ?? '' } } : {}),
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: PATIENCE.totalMs,
    fetch: limitedFetch(fetch),
    logLevel: 'off',
  } satisfies ClientOptions;
  return new Client(options);
}

/**
 * Sends a body as it is. `chat.completions.create` would write all tools of a body anew for each request, and watch while
 * it does: for a turn with tools that is as long as all the rest of the loop.
 */
function post(client: OpenAI, body: string, signal: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return client.post('/chat/completions', { body, headers, stream: true, signal }).asResponse();
}

/** The address that `chat/completions` is added to; the dated form has the deployment in its path. */
function addressOf({ form, endpoint, deployment }: ModelTarget): string {
  if (form === 'v1') return v1Address(endpoint);
  return `${endpoint.replace(/\/+$/, '')}/openai/deployments/${encodeURIComponent(deployment)}/`;
}

/** The v1 address of an endpoint: Azure's resource gets `/openai/v1/`; an address that ends in `/v1` is taken as it is. */
export function v1Address(endpoint: string): string {
  const trimmed = endpoint.replace(/\/+$/, '');
  return /\/v1$/.test(trimmed) ? `${trimmed}/` : `${trimmed}/openai/v1/`;
}
