import type { Random } from '../random.ts';
import type { Operation } from './api.ts';
import { hostileText, valueFor, type Values } from './values.ts';

export interface FuzzRequest {
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/** A request of this operation: `hostility` 0 is a valid one, 1 keeps hardly anything of it. */
export function requestFor(operation: Operation, values: Values): FuzzRequest {
  const { random } = values;
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: place, schema, required } of operation.parameters) {
    if (place === 'path') {
      const value = random.chance(values.hostility) ? random.pick(hostileText) : valueFor(schema, name, values);
      path = path.replace(`{${name}}`, encodePart(String(value)));
    } else if (place === 'query' && (required || random.chance(0.4))) {
      query.set(name, asText(valueFor(schema, name, values)));
    }
  }
  const search = query.size > 0 ? `?${query}` : '';
  return { method: operation.method, path: path + search, ...bodyAndHeaders(operation, values) };
}

function bodyAndHeaders(operation: Operation, values: Values): Pick<FuzzRequest, 'headers' | 'body'> {
  const { random, hostility } = values;
  const headers: Record<string, string> = {};
  if (operation.method !== 'GET' && !random.chance(hostility / 4)) headers['idempotency-key'] = random.uuid();
  if (random.chance(0.5)) headers['renderdesk-origin'] = random.pick(['click', 'assistant; tool_call=call_1', 'x; y=']);
  if (operation.body === null) return { headers, body: null };
  headers['content-type'] = random.chance(hostility / 4) ? 'text/plain' : 'application/json';
  const text = JSON.stringify(valueFor(operation.body, '', values)) as string | undefined;
  return { headers, body: random.chance(hostility / 4) ? brokenJson(text ?? '', random) : (text ?? 'null') };
}

function brokenJson(text: string, random: Random): string {
  return random.pick(['', '{', text.slice(0, -1), `${text}}`, '[1,', '"\\ud800"', '{"a":1,"a":2}', 'nul']);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Percent-encoded; a lone surrogate, which has no encoding, goes as the bytes it would have. */
function encodePart(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : '%ED%A0%80';
}
