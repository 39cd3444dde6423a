import { describe, expect, it } from 'vitest';
import { isErrorCode } from '../../shared/errors/index.ts';
import { transportReason, transportSentence, type TransportReason } from '../network/index.ts';
import { readCallError } from './call-error.ts';
import { isPassing, isRateLimit, modelFailureOf, NOT_A_STREAM } from './model-errors.ts';

const KEY = 'sk-canary-0123456789';

/** What the openai package throws for an answer. */
function answered(status: number, error: object | string, headers: Record<string, string> = {}) {
  const inner = typeof error === 'string' ? undefined : error;
  const message = typeof error === 'string' ? `${String(status)} ${error}` : '';
  return { status, headers: new Headers(headers), error: inner, message, ...inner };
}

/** What it throws where none came. */
function unanswered(code: string) {
  return new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: { code, message: '' } }) });
}

describe('a refusal', () => {
  it.each<[number, object | string, string, string]>([
    [
      401,
      { code: '401', message: `Access denied due to invalid subscription key ${KEY}` },
      'model_unauthorized',
      'key',
    ],
    [403, { message: 'Access denied due to Virtual Network/Firewall rules.' }, 'model_unauthorized', 'network_rules'],
    [403, { message: 'Principal does not have the data action' }, 'model_unauthorized', 'role'],
    [403, { message: 'The resource has been temporarily blocked' }, 'model_unauthorized', 'blocked'],
    [403, '<html>Blocked by policy</html>', 'model_unauthorized', 'gateway'],
    [403, { message: 'Out of call volume quota.' }, 'model_quota_used_up', 'quota'],
    [402, 'pay', 'model_quota_used_up', 'quota'],
    [429, { code: 'insufficient_quota', message: 'You exceeded your current quota' }, 'model_quota_used_up', 'quota'],
    [429, { code: '429', message: 'exceeded token rate limit' }, 'model_rate_limited', 'rate_limit'],
    [404, { code: 'DeploymentNotFound', message: 'does not exist' }, 'model_not_found', 'no_deployment'],
    [404, { code: 'model_not_found', message: '' }, 'model_not_found', 'no_deployment'],
    [404, { code: '404', message: 'Resource not found' }, 'model_not_found', 'wrong_path'],
    [404, '<!DOCTYPE html><h1>Not found</h1>', 'model_not_found', 'not_a_model'],
    [405, 'Method Not Allowed', 'model_not_found', 'not_a_model'],
    [400, { message: 'API version not supported' }, 'model_not_found', 'api_version'],
    [400, { code: 'OperationNotSupported', message: 'does not work' }, 'model_failed', 'wrong_model'],
    [400, { code: 'content_filter', message: '' }, 'model_filtered', 'content_filter'],
    [400, { code: 'context_length_exceeded', message: '' }, 'model_context_too_long', 'context_length'],
    [400, { param: 'tools', message: 'unsupported' }, 'model_failed', 'no_tools'],
    [400, { message: 'registry.ollama.ai/x does not support tools' }, 'model_failed', 'no_tools'],
    [
      400,
      { message: 'Could not finish the message because max_tokens or model output limit was reached.' },
      'model_failed',
      'length',
    ],
    [400, { code: 'x', message: `odd ${KEY}` }, 'model_failed', 'other'],
    [400, { code: KEY, message: '' }, 'model_failed', 'other'],
    [407, 'Proxy Authentication Required', 'model_unreachable', 'proxy_auth'],
    [408, { code: 'Timeout' }, 'model_timeout', 'timeout'],
    [307, '', 'model_unreachable', 'redirect'],
    [422, { code: NOT_A_STREAM }, 'model_failed', 'not_a_model'],
    [431, 'too large', 'model_failed', 'other'],
    [500, { message: `inside ${KEY}` }, 'model_failed', 'service'],
    [502, '<html>Bad gateway</html>', 'model_failed', 'service'],
  ])('with %i %j is %s because of %s', (status, error, code, reason) => {
    const failed = modelFailureOf(answered(status, error), KEY);
    expect([failed.code, failed.details?.['reason']]).toEqual([code, reason]);
    expect(failed.message.length).toBeGreaterThan(20);
    expect(JSON.stringify(failed)).not.toContain(KEY);
    expect(isErrorCode(failed.code)).toBe(true);
  });

  it('of an access token speaks of the token', () => {
    const failed = modelFailureOf(answered(401, {}), 'Bearer abc');
    expect(failed).toMatchObject({ message: expect.stringContaining('access token') as string });
  });

  it('keeps the id under which the service knows it', () => {
    const failed = modelFailureOf(answered(500, {}, { 'apim-request-id': 'a1', 'x-request-id': 'x1' }), KEY);
    expect(failed.details).toMatchObject({ request_id: 'a1', status: 500 });
  });
});

describe('no answer', () => {
  it.each<[string, TransportReason]>([
    ['ENOTFOUND', 'dns'],
    ['net::ERR_NAME_NOT_RESOLVED', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['ECONNRESET', 'reset'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_authority'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate_authority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_name'],
    ['CERT_HAS_EXPIRED', 'certificate_date'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
    ['ENETUNREACH', 'offline'],
    ['EWHATEVER', 'unknown'],
  ])('for %s is told as %s', (code, reason) => {
    const failed = modelFailureOf(unanswered(code), KEY);
    expect([failed.code, failed.details?.['reason']]).toEqual(['model_unreachable', reason]);
    expect(failed.message).toBe(transportSentence(reason, 'The model endpoint'));
  });

  it('is read from sentences too, and from the first of several addresses', () => {
    expect(transportReason(['fetch failed', 'unexpected redirect'])).toBe('redirect');
    expect(transportReason(['Proxy response (407) !== 200 when HTTP Tunneling'])).toBe('proxy_auth');
    expect(transportReason(['Proxy response (502) !== 200 when HTTP Tunneling'])).toBe('proxy');
    const several = { message: 'x', cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] } };
    expect(transportReason(readCallError(several).causes)).toBe('refused');
    const loop: { cause?: unknown; message: string } = { message: 'round' };
    loop.cause = loop;
    expect(transportReason(readCallError(loop).causes)).toBe('unknown');
  });

  it('is tried again only where that can help', () => {
    const again = (code: string) => isPassing(readCallError(unanswered(code)));
    expect(['ECONNRESET', 'ECONNREFUSED', 'EWHATEVER'].map(again)).toEqual([true, true, true]);
    expect(['ENOTFOUND', 'SELF_SIGNED_CERT_IN_CHAIN', 'ENETUNREACH'].map(again)).toEqual([false, false, false]);
    expect(isPassing(readCallError(answered(503, '')))).toBe(true);
    expect(isPassing(readCallError(answered(401, '')))).toBe(false);
  });
});

it('is a rate limit where the service says when to come back, not where nothing is left', () => {
  const limit = (status: number, error: object, headers = {}) =>
    isRateLimit(readCallError(answered(status, error, headers)));
  expect(limit(429, {})).toBe(true);
  expect(limit(429, { code: 'insufficient_quota' })).toBe(false);
  expect(limit(503, {}, { 'retry-after': '1' })).toBe(true);
  expect(limit(503, {})).toBe(false);
});

it.each([undefined, null, 'text', 42, [], { status: 'x', error: 7, headers: {} }])(
  'reads %j without falling over',
  (thrown) => {
    expect(modelFailureOf(thrown, KEY).code).toBe('model_unreachable');
  },
);

describe('what a service says in its own words', () => {
  it.each<[reason: string, status: number, said: (object | string)[]]>([
    [
      'content_filter',
      400,
      [{ message: 'content_filter' }, { message: 'the Content Management Policy' }, { message: 'ResponsibleAIPolicy' }],
    ],
    ['context_length', 400, [{ message: "This model's maximum context length is 8192 tokens" }]],
    [
      'quota',
      429,
      [
        { code: 'billing_hard_limit_reached' },
        { code: 'billing_not_active' },
        { message: 'You exceeded your current quota' },
        { message: 'please check your plan and billing details' },
      ],
    ],
    ['api_version', 404, [{ message: 'api-version 2020-01-01 is unknown' }, { message: 'wrong apiversion' }]],
    [
      'network_rules',
      403,
      ['virtual network', 'firewall', 'network rule', 'private endpoint', 'your IP address', 'Public access'].map(
        (message) => ({ message }),
      ),
    ],
    ['blocked', 403, [{ message: 'abuse' }, { message: 'suspended' }]],
    ['gateway', 403, ['<head>', '<body>x', '<!doctype html>']],
    ['wrong_path', 404, [{ message: 'nothing here' }]],
    ['no_deployment', 404, [{ message: 'no such model' }, { code: 'DeploymentX' }]],
    [
      'wrong_model',
      400,
      [
        { message: 'does not work with the specified model' },
        { message: 'This is not a chat model' },
        { code: 'unsupported_model' },
      ],
    ],
    [
      'no_tools',
      400,
      [
        { message: 'tool use is not supported' },
        { message: 'tools are not supported' },
        { message: 'function calling is not supported' },
        { message: 'functions: function_call not supported' },
        { message: 'does not support any tool' },
      ],
    ],
    ['service', 400, ['<html>Oops</html>']],
    ['redirect', 300, ['']],
    ['redirect', 399, ['']],
    ['other', 418, [{ message: 'the toolbox is full' }]],
    ['other', 405 + 1, [{ message: 'exceeded your current quota of patience' }]],
    ['other', 410, [{ message: 'the api version' }]],
  ])('is %s with %i', (reason, status, said) => {
    for (const error of said) {
      const failed = modelFailureOf(answered(status, error), KEY);
      expect(failed.details?.['reason'], JSON.stringify(error)).toBe(reason);
    }
  });

  it('is a web page by its type too', () => {
    const failed = modelFailureOf(answered(404, 'x', { 'content-type': 'Text/HTML; charset=utf-8' }), KEY);
    expect(failed.details?.['reason']).toBe('not_a_model');
  });

  it.each<[number, object | string, string]>([
    [403, '<html>', 'a proxy or a firewall. Ask your IT.'],
    [403, { message: 'firewall' }, "The model's firewall does not let this network in."],
    [403, { message: 'suspended' }, 'has blocked this account for now'],
    [403, { message: 'no data action' }, 'It needs the role "Cognitive Services OpenAI User"'],
    [404, { message: 'nothing here' }, 'has no model at this address. Check endpoint and API version'],
    [404, { message: 'api version' }, 'does not take this API version. Correct it in Tenant Settings'],
    [405, '', 'There is something else at this address, not a model.'],
    [502, '', 'The model service is in trouble (status 502). Try again in a moment.'],
    [400, { code: 'unsupported_model' }, 'This deployment is no chat model.'],
    [400, { param: 'tools' }, 'This model cannot call tools, which the assistant needs.'],
    [418, { message: 'I am a teapot' }, 'The model answered with an error: I am a teapot'],
  ])('with %i %j tells a person what to do', (status, error, sentence) => {
    expect(modelFailureOf(answered(status, error), KEY).message).toContain(sentence);
  });

  it('is told in short, with its code', () => {
    const failed = modelFailureOf(answered(418, { code: 'c'.repeat(200), message: 'm'.repeat(999) }), KEY);
    expect(failed.message).toBe(`The model answered with an error: ${'m'.repeat(300)}`);
    expect(failed.details).toEqual({
      status: 418,
      model_code: 'c'.repeat(100),
      request_id: null,
      reason: 'other',
    });
    expect(modelFailureOf(answered(418, {}), KEY).details?.['model_code']).toBeNull();
    expect(modelFailureOf(unanswered('ENOTFOUND'), KEY).details).toMatchObject({ status: null, model_code: null });
  });
});

describe('a refusal that may pass', () => {
  it.each([
    [408, true],
    [499, false],
    [500, true],
    [429, false],
    [407, false],
  ])('with %i: %s', (status, passes) => {
    expect(isPassing(readCallError(answered(status, '')))).toBe(passes);
  });

  it('is one of a connection that could not be made in time, none of an error in the middle of an answer', () => {
    expect(isPassing(readCallError(unanswered('UND_ERR_CONNECT_TIMEOUT')))).toBe(true);
    expect(isPassing(readCallError({ error: { message: 'overloaded' } }))).toBe(false);
  });

  it.each([
    [529, { 'retry-after': '1' }, true],
    [529, {}, false],
    [500, { 'retry-after': '1' }, false],
  ])('with %i and %j is a rate limit: %s', (status, headers, isLimit) => {
    expect(isRateLimit(readCallError(answered(status, {}, headers)))).toBe(isLimit);
  });
});
