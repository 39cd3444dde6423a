/** Members of an Azure error envelope; which of them exist depends on who refused (gateway or model server). */
interface ErrorMembers {
  message: string;
  code?: string | null;
  type?: string;
  param?: string | null;
}

/** An answer that is not 200: HTTP status and the body Azure sends with it. */
export interface WireError {
  status: number;
  body: { error: ErrorMembers };
}

/** Gateway errors have only code and message. */
function gatewayError(status: number, code: string, message: string): WireError {
  return { status, body: { error: { code, message } } };
}

/** 400 of the model server. `param` and `code` are as the service names them. */
export function badRequest(message: string, param: string | null, code: string | null = null): WireError {
  return { status: 400, body: { error: { message, type: 'invalid_request_error', param, code } } };
}

export const unauthorized = gatewayError(
  401,
  '401',
  'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
);

export const deploymentNotFound = gatewayError(
  404,
  'DeploymentNotFound',
  'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
);

export const resourceNotFound = gatewayError(404, '404', 'Resource not found');

export const versionNotSupported = gatewayError(400, 'BadRequest', 'API version not supported');

export const notLoopback = gatewayError(
  403,
  '403',
  'The offline model answers on this machine only: use http://127.0.0.1 or http://localhost, and no web page.',
);

export const bodyTooLarge = gatewayError(413, '413', 'The request body is larger than 16 MB.');

export const internalError = gatewayError(500, 'InternalServerError', 'The offline model failed. Its output says why.');

export const notJson = badRequest(
  'We could not parse the JSON body of your request. The API expects a JSON payload, but what was sent was not valid JSON.',
  null,
);

export function missing(param: string): WireError {
  return badRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
}

export function wrongType(param: string, expected: string): WireError {
  return badRequest(`Invalid type for '${param}': expected ${expected}.`, param, 'invalid_type');
}

export function arrayTooLong(param: string, max: number, length: number): WireError {
  return badRequest(
    `Invalid '${param}': array too long. Expected an array with maximum length ${String(max)}, but got an array with length ${String(length)} instead.`,
    param,
    'array_above_max_length',
  );
}

export function stringTooLong(param: string, max: number, length: number): WireError {
  return badRequest(
    `Invalid '${param}': string too long. Expected a string with maximum length ${String(max)}, but got a string with length ${String(length)} instead.`,
    param,
    'string_above_max_length',
  );
}

export function emptyString(param: string): WireError {
  return badRequest(
    `Invalid '${param}': empty string. Expected a string with minimum length 1, but got an empty string instead.`,
    param,
    'empty_string',
  );
}

export function notOneOf(param: string, value: string, allowed: readonly string[]): WireError {
  const names = allowed.map((name) => `'${name}'`).join(', ');
  return badRequest(`Invalid value: '${value}'. Supported values are: ${names}.`, param, 'invalid_value');
}

export function unsupportedParameter(param: string, hint: string): WireError {
  return badRequest(
    `Unsupported parameter: '${param}' is not supported with this model.${hint}`,
    param,
    'unsupported_parameter',
  );
}
