import type { Route } from '../route.ts';

interface HeaderParameter {
  name: string;
  in: 'header';
  required: boolean;
  description: string;
  schema: object;
  example?: string;
}

const KEY: HeaderParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Names this change, 1 to 200 visible characters. Sent again with the same body it gives the first answer again, for 30 ' +
    'days.',
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
  example: '5b8f2a5e-6a3c-4c55-9d54-0d3f4a8b6f11',
};
const ORIGIN: HeaderParameter = {
  name: 'Renderdesk-Origin',
  in: 'header',
  required: false,
  description: 'The door of the change, for the audit: `click` (as without it) or `assistant; tool_call=<id>`.',
  schema: { type: 'string' },
  example: 'click',
};
const IF_NONE_MATCH: HeaderParameter = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'Tags that the client has, as a list, weak ones too, or `*`.',
  schema: { type: 'string' },
  example: '"3q2-7wQ"',
};
const RANGE: HeaderParameter = {
  name: 'Range',
  in: 'header',
  required: false,
  description: 'One range in bytes.',
  schema: { type: 'string' },
  example: 'bytes=0-1023',
};

/** Headers that a route reads. A dry run makes no change, so a planned one needs no key there. */
export function headerParameters(route: Route): HeaderParameter[] {
  if (route.conditional === true) return [IF_NONE_MATCH, RANGE];
  if (route.kind === 'change') return [KEY, ORIGIN];
  if (route.kind === 'planned') {
    return [{ ...KEY, required: false, description: `${KEY.description} Needed unless dry_run is true.` }, ORIGIN];
  }
  return [];
}

/** Headers of an answer that a client may rely on. */
export function responseHeaders(route: Route): Record<string, object> {
  const text = { schema: { type: 'string' } };
  if (route.conditional === true) {
    return { ETag: text, 'Cache-Control': text, 'Accept-Ranges': text };
  }
  return { 'Cache-Control': { ...text, description: '`no-store`: the data is a tenant’s' } };
}
