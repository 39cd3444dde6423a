import { failure, type ErrorCode, type Failure } from '../../shared/errors/index.ts';

/** What an HTTP client says of a failed model call, read without trusting its types. */
interface CallError {
  status: number | undefined;
  code: string;
  message: string;
  requestId: string | null;
  /** A thrown error of the transport: no answer came. */
  isConnection: boolean;
}

/** A failed model call as a failure a person can act on. The key never gets into its sentence. */
export function modelFailureOf(error: unknown, key: string): Failure {
  const read = readError(error);
  const code = codeOf(read);
  const said = read.message.replaceAll(key, '…').slice(0, 300);
  const details = { status: read.status ?? null, model_code: read.code || null, request_id: read.requestId };
  // What the service says about a refused key may repeat the key; our own sentence says enough.
  const tellsMore = code === 'model_failed' && said !== '' && !read.isConnection;
  return failure(code, tellsMore ? `The model answered with an error: ${said}` : undefined, { details });
}

/** May the same call succeed in a moment? Only failures before the first event are asked about. */
export function isPassing(error: unknown): boolean {
  const { status, isConnection } = readError(error);
  return isConnection || status === 408 || (status !== undefined && status >= 500);
}

/** The status of a failed call, undefined where no answer came. */
export function statusOfError(error: unknown): number | undefined {
  return readError(error).status;
}

/** The answer's headers of a failed call. */
export function headersOfError(error: unknown): Headers | undefined {
  const headers: unknown = isFields(error) ? error['headers'] : undefined;
  return headers instanceof Headers ? headers : undefined;
}

/** What the service said about a failed call. */
export function messageOfError(error: unknown): string {
  return readError(error).message;
}

function codeOf(error: CallError): ErrorCode {
  const { status, code } = error;
  if (code === 'content_filter' || /content management policy|ResponsibleAI/i.test(error.message))
    return 'model_filtered';
  if (code === 'context_length_exceeded' || /maximum context length/i.test(error.message))
    return 'model_context_too_long';
  if (status === 401 || status === 403) return 'model_unauthorized';
  if (status === 404) return 'model_not_found';
  if (status === 408) return 'model_timeout';
  if (status === 429) return 'model_rate_limited';
  return error.isConnection ? 'model_unreachable' : 'model_failed';
}

function readError(error: unknown): CallError {
  if (!isFields(error)) return { status: undefined, code: '', message: '', requestId: null, isConnection: true };
  const inner = isFields(error['error']) ? error['error'] : {};
  const status = typeof error['status'] === 'number' ? error['status'] : undefined;
  const code = textOf(error['code']) || textOf(inner['code']);
  const headers = headersOfError(error);
  return {
    status,
    code,
    message: textOf(inner['message']) || textOf(error['message']),
    requestId: headers?.get('apim-request-id') ?? headers?.get('x-request-id') ?? null,
    isConnection: status === undefined && !isFields(error['error']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
