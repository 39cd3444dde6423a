import type { Fault } from './fault.ts';
import { azureError, chunk, open, plain } from './wire.ts';

const quota =
  'Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current OpenAI S0 pricing ' +
  'tier. Please retry after 86400 seconds.';

/** Errors before the first event: every status and body shape that Azure or a gateway before it sends. */
export const httpFaults: readonly Fault[] = [
  {
    what: '401 wrong key',
    answer: azureError(401, '401', 'Access denied due to invalid subscription key'),
    ends: 'failed',
  },
  {
    what: '401 without an error key',
    answer: plain(401, { statusCode: 401, message: 'Unauthorized.' }),
    ends: 'failed',
  },
  { what: '403 network rules', answer: azureError(403, 'AccessDenied', 'blocked by network rules'), ends: 'failed' },
  {
    what: '404 deployment',
    answer: azureError(404, 'DeploymentNotFound', 'The API deployment does not exist.'),
    ends: 'failed',
  },
  { what: '404 path', answer: azureError(404, '404', 'Resource not found'), ends: 'failed' },
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
  },
  {
    what: '400 too long',
    answer: azureError(400, 'context_length_exceeded', "This model's maximum context length is 128000 tokens."),
    ends: 'failed',
  },
  { what: '400 too many tools', answer: azureError(400, 'array_above_max_length', "Invalid 'tools'"), ends: 'failed' },
  { what: '408 timeout', answer: azureError(408, 'Timeout', 'The operation was timeout.'), ends: 'failed', slow: true },
  { what: '429 for a day', answer: azureError(429, '429', quota, { 'retry-after': '86400' }), ends: 'failed' },
  { what: '429 without a time', answer: azureError(429, '429', quota), ends: 'failed', slow: true },
  {
    what: '429 with a garbled time',
    answer: azureError(429, '429', 'busy', { 'retry-after': 'soon-ish' }),
    ends: 'failed',
    slow: true,
  },
  { what: '431 headers', answer: plain(431, 'too many headers'), ends: 'failed' },
  { what: '500', answer: azureError(500, 'InternalServerError', 'oops'), ends: 'failed', slow: true },
  {
    what: '502 HTML of a gateway',
    answer: plain(502, '<html><h1>Bad Gateway</h1></html>'),
    ends: 'failed',
    slow: true,
  },
  { what: '503 empty', answer: plain(503, ''), ends: 'failed', slow: true },
  { what: '200 HTML', answer: plain(200, '<html>sign in to the hotel network</html>'), ends: 'failed' },
  { what: '200 JSON instead of a stream', answer: plain(200, { choices: [] }), ends: 'failed' },
  { what: '200 empty', answer: plain(200, ''), ends: 'failed' },
  {
    what: 'a reset before the headers',
    answer: (_response, request) => void request.socket.destroy(),
    ends: 'failed',
    slow: true,
  },
  {
    what: 'a reset after the first event',
    answer: (response, request) => {
      open(response);
      response.write(chunk({ content: 'All i' }), () => request.socket.destroy());
    },
    ends: 'failed',
  },
];
