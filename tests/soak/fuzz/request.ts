import type { Operation } from './api.ts';
import type { Recipe } from './recipes.ts';
import { hostileText, valueFor, type Values } from './values.ts';

export interface FuzzRequest {
  readonly method: string;
  /** Path and query string. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

/** A request of this operation: `hostility` 0 is a valid one, 1 keeps hardly anything of it. A recipe goes before chance. */
export function requestFor(operation: Operation, values: Values, recipe: Recipe | null): FuzzRequest {
  const { random } = values;
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: place, schema, required } of operation.parameters) {
    if (place === 'path') {
      const value = random.chance(values.hostility) ? random.pick(hostileText) : valueFor(schema, name, values);
      path = path.replace(`{${name}}`, encodePart(recipe?.path?.[name] ?? String(value)));
    } else if (place === 'query' && (required || random.chance(recipe === null ? 0.4 : 0.05))) {
      query.set(name, asText(valueFor(schema, name, values)));
    }
  }
  const search = query.size > 0 ? `?${query}` : '';
  return { method: operation.method, path: path + search, ...bodyAndHeaders(operation, values, recipe) };
}

function bodyAndHeaders(
  operation: Operation,
  values: Values,
  recipe: Recipe | null,
): Pick<FuzzRequest, 'headers' | 'body'> {
  const { random, hostility } = values;
  const headers: Record<string, string> = {};
  if (operation.method !== 'GET' && !random.chance(hostility / 4)) headers['idempotency-key'] = random.uuid();
  if (random.chance(0.5)) headers['renderdesk-origin'] = random.pick(['click', 'assistant; tool_call=call_1', 'x; y=']);
  if (operation.method === 'GET') Object.assign(headers, readHeaders(operation, values));
  if (operation.body === null) return { headers, body: null };
  headers['content-type'] = random.chance(hostility / 4) ? 'text/plain' : 'application/json';
  const example = operation.example !== undefined && random.chance(0.05) ? operation.example : undefined;
  const value = recipe?.body ?? example ?? valueFor(operation.body, '', values);
  const text = JSON.stringify(value) as string | undefined;
  return { headers, body: random.chance(hostility / 4) ? brokenJson(text ?? '', random) : (text ?? 'null') };
}

/** Conditions, ranges and media types, of which most mean nothing to most operations. */
function readHeaders(operation: Operation, { random }: Values): Record<string, string> {
  const asked = operation.parameters.some(({ in: place }) => place === 'header');
  const headers: Record<string, string> = {};
  if (random.chance(asked ? 0.3 : 0.02)) headers['if-none-match'] = random.pick(['*', '"x"', 'W/"x", "y"', '"', 'x']);
  if (random.chance(asked ? 0.3 : 0.02)) {
    headers['range'] = random.pick(['bytes=0-9', 'bytes=99999999-', 'bytes=-5', 'bytes=9-1', 'rows=1', 'bytes=-', 'x']);
  }
  if (random.chance(0.1)) headers['accept'] = random.pick(['text/csv', 'application/json', '*/*', 'image/webp', ';;']);
  return headers;
}

function brokenJson(text: string, random: Values['random']): string {
  return random.pick(['', '{', text.slice(0, -1), `${text}}`, '[1,', '"\\ud800"', '{"a":1,"a":2}', 'nul']);
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Percent-encoded; a lone surrogate, which has no encoding, goes as the bytes it would have. */
function encodePart(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : '%ED%A0%80';
}

/** The request as a line for a shell; the token stands in `$TOKEN`. */
export function asCurl({ method, path, headers, body }: FuzzRequest, origin: string): string {
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [`curl -i -X ${method} ${quote(origin + path)} -H "authorization: Bearer $TOKEN"`];
  for (const [name, value] of Object.entries(headers)) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  if (body !== null) parts.push(`--data-raw ${quote(body)}`);
  return parts.join(' ');
}
