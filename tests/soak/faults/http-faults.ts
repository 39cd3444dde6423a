import type { Fault } from './fault.ts';
import { azureError, broken, chunk, open, plain, pour } from './wire.ts';

const quota =
  'Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current OpenAI S0 pricing ' +
  'tier. Please retry after 86400 seconds.';

/** Errors before the first event: every status and body shape that Azure or a gateway before it sends. */
export const httpFaults: readonly Fault[] = [
  {
    what: '401 wrong key',
    answer: azureError(401, '401', 'Access denied due to invalid subscription key'),
    ends: 'failed',
    code: 'model_unauthorized',
  },
  {
    what: '401 without an error key',
    answer: plain(401, { statusCode: 401, message: 'Unauthorized.' }),
    ends: 'failed',
    code: 'model_unauthorized',
  },
  {
    what: '403 network rules',
    answer: azureError(403, 'AccessDenied', 'blocked by network rules'),
    ends: 'failed',
    code: 'model_unauthorized',
  },
  {
    what: '404 deployment',
    answer: azureError(404, 'DeploymentNotFound', 'The API deployment does not exist.'),
    ends: 'failed',
    code: 'model_not_found',
  },
  { what: '404 path', answer: azureError(404, '404', 'Resource not found'), ends: 'failed', code: 'model_not_found' },
  {
    what: '400 content filter',
    answer: plain(400, {
      error: {
        message: 'The response was filtered due to the prompt triggering the content management policy.',
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation', content_filter_result: { hate: { filtered: true } } },
      },
    }),
    ends: 'failed',
    code: 'model_filtered',
  },
  {
    what: '400 too long',
    answer: azureError(400, 'context_length_exceeded', "This model's maximum context length is 128000 tokens."),
    ends: 'failed',
    code: 'model_context_too_long',
  },
  {
    what: '400 too many tools',
    answer: azureError(400, 'array_above_max_length', "Invalid 'tools'"),
    ends: 'failed',
    code: 'model_failed',
  },
  {
    what: '408 timeout',
    answer: azureError(408, 'Timeout', 'The operation was timeout.'),
    ends: 'failed',
    code: 'model_timeout',
    passes: true,
    slow: true,
  },
  {
    what: '429 for a day',
    answer: azureError(429, '429', quota, { 'retry-after': '86400' }),
    ends: 'failed',
    code: 'model_rate_limited',
  },
  {
    what: '429 for a day, in its sentence only',
    answer: azureError(429, '429', quota),
    ends: 'failed',
    code: 'model_rate_limited',
  },
  {
    what: '429 without a time',
    answer: azureError(429, '429', 'busy'),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: '429 with a garbled time',
    answer: azureError(429, '429', 'busy', { 'retry-after': 'soon-ish' }),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  { what: '431 headers', answer: plain(431, 'too many headers'), ends: 'failed', code: 'model_failed' },
  {
    what: '500',
    answer: azureError(500, 'InternalServerError', 'oops'),
    ends: 'failed',
    code: 'model_failed',
    passes: true,
    slow: true,
  },
  {
    what: '502 HTML of a gateway',
    answer: plain(502, '<html><h1>Bad Gateway</h1></html>'),
    ends: 'failed',
    code: 'model_failed',
    passes: true,
    slow: true,
  },
  { what: '503 empty', answer: plain(503, ''), ends: 'failed', code: 'model_failed', passes: true, slow: true },
  {
    what: '200 HTML',
    answer: broken(plain(200, '<html>sign in to the hotel network</html>')),
    ends: 'failed',
    code: 'model_failed',
  },
  {
    what: '200 JSON instead of a stream',
    answer: broken(plain(200, { choices: [] })),
    ends: 'failed',
    code: 'model_failed',
  },
  { what: '200 empty', answer: broken(plain(200, '')), ends: 'failed', code: 'model_failed' },
  {
    what: 'a reset before the headers',
    answer: (_response, request) => void request.socket.destroy(),
    ends: 'failed',
    code: 'model_unreachable',
    passes: true,
    slow: true,
  },
  {
    what: 'a reset after the first event',
    answer: (response, request) => {
      open(response);
      response.write(chunk({ content: 'All i' }), () => request.socket.destroy());
    },
    ends: 'failed',
    code: 'model_failed',
  },
  {
    what: '401 in the other spelling',
    answer: azureError(401, 'Unauthorized', 'Access token is missing, invalid or expired.'),
    ends: 'failed',
    code: 'model_unauthorized',
  },
  { what: '402', answer: plain(402, ''), ends: 'failed', code: 'model_quota_used_up' },
  {
    what: '403 quota of a gateway',
    answer: plain(403, { statusCode: 403, message: 'Token quota is exceeded. Try again in 5 days.' }),
    ends: 'failed',
    code: 'model_quota_used_up',
  },
  {
    what: '403 HTML of a firewall',
    answer: plain(403, '<html>Access denied by policy</html>'),
    ends: 'failed',
    code: 'model_unauthorized',
  },
  {
    what: '404 old version',
    answer: azureError(404, '404', 'API version not supported'),
    ends: 'failed',
    code: 'model_not_found',
  },
  {
    what: '404 HTML of a web server',
    answer: plain(404, '<!DOCTYPE html><h1>Not here</h1>'),
    ends: 'failed',
    code: 'model_not_found',
  },
  { what: '405', answer: plain(405, 'Method Not Allowed'), ends: 'failed', code: 'model_not_found' },
  {
    what: '400 that names a parameter',
    answer: plain(400, {
      error: { code: 'unsupported_parameter', param: 'temperature', message: "Unsupported parameter: 'temperature'" },
    }),
    ends: 'failed',
    code: 'model_failed',
    passes: true,
  },
  { what: '400 empty', answer: plain(400, ''), ends: 'failed', code: 'model_failed', passes: true },
  {
    what: '400 of an unanswered call',
    answer: plain(400, {
      error: {
        message: "An assistant message with 'tool_calls' must be followed by tool messages responding to each id.",
        type: 'invalid_request_error',
        param: 'messages',
        code: null,
      },
    }),
    ends: 'failed',
    code: 'model_failed',
  },
  { what: '409', answer: azureError(409, 'Conflict', 'again'), ends: 'failed', code: 'model_failed' },
  {
    what: '429 for 20 ms',
    answer: azureError(429, '429', 'busy', { 'retry-after-ms': '20' }),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: '429 for no time at all',
    answer: azureError(429, '429', 'busy', { 'retry-after': '0' }),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: '429 until a date',
    answer: (response, request) =>
      azureError(429, '429', 'busy', { 'retry-after': new Date(Date.now() + 1000).toUTCString() })(response, request),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: '429 with a reset in another header',
    answer: azureError(429, '429', 'busy', {
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '30ms',
      'x-ratelimit-remaining-requests': '-1',
    }),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: '429 with a huge time',
    answer: azureError(429, '429', 'busy', { 'retry-after': '9'.repeat(400) }),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: '429 for a quota that is used up',
    answer: azureError(429, 'insufficient_quota', 'You exceeded your current quota'),
    ends: 'failed',
    code: 'model_quota_used_up',
  },
  {
    what: '503 with a time',
    answer: plain(503, 'busy', { 'retry-after': '0' }),
    ends: 'failed',
    code: 'model_rate_limited',
    passes: true,
    slow: true,
  },
  {
    what: 'a redirect elsewhere',
    answer: plain(307, '', { location: 'http://127.0.0.1:1/stolen' }),
    ends: 'failed',
    code: 'model_unreachable',
  },
  { what: 'a status of no kind', answer: broken(plain(299, { odd: true })), ends: 'failed', code: 'model_failed' },
  {
    what: 'an error body that never ends',
    answer: broken((response) => {
      response.writeHead(500, { 'content-type': 'text/html' });
      pour(response, 'x'.repeat(64 * 1024));
    }),
    ends: 'failed',
    slow: true,
    passes: true,
  },
  {
    what: 'an error body of nothing but brackets',
    answer: plain(400, '['.repeat(100_000)),
    ends: 'failed',
    code: 'model_failed',
    passes: true,
  },
  {
    what: 'a header as large as can be',
    answer: plain(401, '', { 'x-padding': 'x'.repeat(15_000) }),
    ends: 'failed',
    code: 'model_unauthorized',
  },
  {
    what: 'no HTTP at all',
    answer: (_response, request) => void request.socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
    ends: 'failed',
    code: 'model_unreachable',
    slow: true,
    passes: true,
  },
];
