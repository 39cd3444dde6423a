/** What an HTTP client says of a failed model call, read without trusting its types. */
export interface CallError {
  /** The status of the answer, undefined where none came. */
  status: number | undefined;
  code: string;
  /** The parameter the service names, as a path: `tools[0].function.strict`. */
  parameter: string;
  message: string;
  headers: Headers | undefined;
  requestId: string | null;
  /** A thrown error of the transport: no answer came. */
  isConnection: boolean;
  /** Codes and sentences of what lies under it, the outermost first; the network's own code is among them. */
  causes: readonly string[];
}

const DEEPEST_CAUSE = 6;

/** Reads whatever the openai package or the network below it threw. */
export function readCallError(error: unknown): CallError {
  const fields = isFields(error) ? error : {};
  const inner = isFields(fields['error']) ? fields['error'] : {};
  const status = typeof fields['status'] === 'number' ? fields['status'] : undefined;
  const headers = fields['headers'] instanceof Headers ? fields['headers'] : undefined;
  return {
    status,
    code: textOf(fields['code']) || textOf(inner['code']),
    parameter: textOf(fields['param']) || textOf(inner['param']),
    message: textOf(inner['message']) || textOf(fields['message']),
    headers,
    requestId: headers?.get('apim-request-id') ?? headers?.get('x-request-id') ?? null,
    isConnection: status === undefined && !isFields(fields['error']),
    causes: causesOf(error),
  };
}

function causesOf(error: unknown): string[] {
  const found: string[] = [];
  let next: unknown = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && isFields(next); depth++) {
    // A host with several addresses fails once for each of them.
    const several: unknown = Array.isArray(next['errors']) ? next['errors'][0] : undefined;
    found.push(textOf(next['code']), textOf(next['message']), isFields(several) ? textOf(several['code']) : '');
    next = next['cause'];
  }
  return found.filter((text) => text !== '');
}

/** Some services send numbers as codes. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
