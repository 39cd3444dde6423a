import { deploymentNotFound, missing, resourceNotFound, versionNotSupported } from './wire/errors.ts';
import type { WireError } from './wire/errors.ts';
import type { JsonObject } from './wire/json.ts';

/** Which of Azure's two URL forms a request uses. The dated form carries the deployment in its path, v1 in the body's `model`. */
export type Endpoint = { form: 'v1' } | { form: 'dated'; deployment: string };

const DATED = /^\/openai\/deployments\/([^/]+)\/chat\/completions$/;
const VERSION_DATE = /^\d{4}-\d{2}-\d{2}(?:-preview)?$/;

/** The endpoint of a method and URL, or Azure's refusal: 404 for an unknown path or a missing api-version. */
export function findEndpoint(
  method: string | undefined,
  url: string | undefined,
): { ok: true; value: Endpoint } | { ok: false; error: WireError } {
  const target = URL.parse(url ?? '', 'http://127.0.0.1');
  if (target === null || method !== 'POST') return { ok: false, error: resourceNotFound };
  const version = target.searchParams.get('api-version');
  if (target.pathname === '/openai/v1/chat/completions') {
    const known = version === null || version === 'v1' || version === 'preview';
    return known ? { ok: true, value: { form: 'v1' } } : { ok: false, error: versionNotSupported };
  }
  const deployment = DATED.exec(target.pathname)?.[1];
  if (deployment === undefined || version === null || !VERSION_DATE.test(version)) {
    return { ok: false, error: resourceNotFound };
  }
  return { ok: true, value: { form: 'dated', deployment: decode(deployment) } };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Is the deployment that was asked for one of ours? */
export function findWrongDeployment(
  endpoint: Endpoint,
  body: JsonObject,
  deployments: readonly string[],
): WireError | undefined {
  const name = endpoint.form === 'dated' ? endpoint.deployment : body.model;
  if (name === undefined || name === null || name === '') return missing('model');
  return typeof name === 'string' && deployments.includes(name) ? undefined : deploymentNotFound;
}
