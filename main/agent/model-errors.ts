import { failure, type ErrorCode, type Failure } from '../../shared/errors/index.ts';
import { transportReason, transportSentence } from '../network/index.ts';
import { readCallError, type CallError } from './call-error.ts';
import { bearerToken, withoutKey } from './model-auth.ts';

/** A code, why in one word for a program, and a sentence where the code's own does not say enough. */
interface Diagnosis {
  code: ErrorCode;
  reason: string;
  message?: string;
}

/** A failed model call as a failure a person can act on. The key never gets into its sentence. */
export function modelFailureOf(thrown: unknown, key: string): Failure {
  const error = readCallError(thrown);
  const { code, reason, message } = diagnose(error, key);
  const details = {
    status: error.status ?? null,
    model_code: error.code ? withoutKey(error.code, key).slice(0, 100) : null,
    request_id: error.requestId,
    reason,
  };
  return failure(code, message, { details });
}

/** May the same call succeed in a moment? Only failures before the first event are asked about. */
export function isPassing({ status, isConnection, causes }: CallError): boolean {
  if (isConnection) return ['reset', 'connect_timeout', 'refused', 'unknown'].includes(transportReason(causes));
  return status === 408 || (status !== undefined && status >= 500);
}

/** Is the service busy, so that waiting helps? A quota that is used up for good is something else. */
export function isRateLimit(error: CallError): boolean {
  if (error.status === 429) return !isQuota(error);
  return (error.status === 503 || error.status === 529) && error.headers?.has('retry-after') === true;
}

function diagnose(error: CallError, key: string): Diagnosis {
  if (error.isConnection) return ofTransport(error);
  const { status, code, message } = error;
  const said = `${code} ${message}`;
  if (/content_filter|content management policy|ResponsibleAI/i.test(said)) {
    return { code: 'model_filtered', reason: 'content_filter' };
  }
  if (/context_length_exceeded|maximum context length/i.test(said)) {
    return { code: 'model_context_too_long', reason: 'context_length' };
  }
  if (/output limit was reached/i.test(message)) return { code: 'model_failed', reason: 'length' };
  if (isQuota(error)) return { code: 'model_quota_used_up', reason: 'quota' };
  if (/api.?version/i.test(said) && (status === 400 || status === 404)) return wrongVersion();
  switch (status) {
    case 401:
      return ofRefusedKey(key);
    case 403:
      return ofForbidden(error);
    case 404:
      return ofMissing(error);
    case 405:
      return notAModel();
    case 407:
      return { code: 'model_unreachable', reason: 'proxy_auth', message: sentence('proxy_auth') };
    case 408:
      return { code: 'model_timeout', reason: 'timeout' };
    case 429:
      return { code: 'model_rate_limited', reason: 'rate_limit' };
    default:
      return ofOtherAnswer(error, key);
  }
}

function ofTransport({ causes }: CallError): Diagnosis {
  const reason = transportReason(causes);
  return { code: 'model_unreachable', reason, message: sentence(reason) };
}

function ofRefusedKey(key: string): Diagnosis {
  if (bearerToken(key) === null) return { code: 'model_unauthorized', reason: 'key' };
  const message =
    'The model refused the access token: it has expired or is for another service. Enter a new one in Settings > AI.';
  return { code: 'model_unauthorized', reason: 'token', message };
}

function ofForbidden(error: CallError): Diagnosis {
  const code = 'model_unauthorized';
  if (isWebPage(error)) {
    const message =
      'Something between this machine and the model refused the request, a proxy or a firewall. Ask your IT.';
    return { code, reason: 'gateway', message };
  }
  if (/virtual network|firewall|network rule|private endpoint|ip address|public access/i.test(error.message)) {
    const message =
      "The model's firewall does not let this network in. Connect to the company network, or ask who runs the endpoint.";
    return { code, reason: 'network_rules', message };
  }
  if (/block|abuse|suspend/i.test(error.message)) {
    const message = 'The model service has blocked this account for now. Ask who runs the endpoint.';
    return { code, reason: 'blocked', message };
  }
  const message =
    'The key or token may not use this model. It needs the role "Cognitive Services OpenAI User" or the like.';
  return { code, reason: 'role', message };
}

function ofMissing(error: CallError): Diagnosis {
  if (isWebPage(error)) return notAModel();
  if (/deployment|model/i.test(`${error.code} ${error.message}`)) {
    return { code: 'model_not_found', reason: 'no_deployment' };
  }
  const message =
    'The endpoint answers, but has no model at this address. Check endpoint and API version in Tenant Settings.';
  return { code: 'model_not_found', reason: 'wrong_path', message };
}

function wrongVersion(): Diagnosis {
  const message = 'The endpoint does not take this API version. Correct it in Tenant Settings, or leave it empty.';
  return { code: 'model_not_found', reason: 'api_version', message };
}

/** An address where something answers that is no model: a web page, another API. */
function notAModel(): Diagnosis {
  const message = 'There is something else at this address, not a model. Check the endpoint in Tenant Settings.';
  return { code: 'model_not_found', reason: 'not_a_model', message };
}

function ofOtherAnswer(error: CallError, key: string): Diagnosis {
  const code = 'model_failed';
  if (error.code === NOT_A_STREAM) return { ...notAModel(), code };
  const { status } = error;
  if (status !== undefined && status >= 300 && status < 400) {
    return { code: 'model_unreachable', reason: 'redirect', message: sentence('redirect') };
  }
  if (status !== undefined && (status >= 500 || isWebPage(error))) {
    const message = `The model service is in trouble (status ${String(status)}). Try again in a moment.`;
    return { code, reason: 'service', message };
  }
  if (
    /OperationNotSupported|does not work with the specified model|not a chat model|unsupported_model/i.test(
      error.code + error.message,
    )
  ) {
    return {
      code,
      reason: 'wrong_model',
      message: 'This deployment is no chat model. Choose another one in Tenant Settings.',
    };
  }
  if (
    error.parameter === 'tools' ||
    /(tools?|function.?call\w*)\b.{0,40}not supported|not support.{0,20}\btools?\b/i.test(error.message)
  ) {
    const message = 'This model cannot call tools, which the assistant needs. Choose another one in Tenant Settings.';
    return { code, reason: 'no_tools', message };
  }
  // What the service says about a refused key may repeat the key; it gets here with every other refusal.
  const said = withoutKey(error.message, key).slice(0, 300);
  return said === ''
    ? { code, reason: 'other' }
    : { code, reason: 'other', message: `The model answered with an error: ${said}` };
}

/** The code of an answer that is no stream of events, thrown by our own fetch. */
export const NOT_A_STREAM = 'not_a_stream';

/** Used up for good or until somebody pays, not until the next minute. A gateway says so with 403. */
function isQuota({ status, code, message }: CallError): boolean {
  if (/insufficient_quota|billing_hard_limit|billing_not_active/.test(code)) return true;
  if (status === 429) return /exceeded your current quota|check your plan and billing/i.test(message);
  return (status === 403 || status === 402) && (status === 402 || /quota/i.test(message));
}

function isWebPage({ message, headers }: CallError): boolean {
  return /<(!doctype|html|head|body)/i.test(message) || /text\/html/i.test(headers?.get('content-type') ?? '');
}

function sentence(reason: ReturnType<typeof transportReason>): string {
  return transportSentence(reason, 'The model endpoint');
}
