import { LIMITS } from './limits.ts';
import { NOT_A_STREAM } from './model-errors.ts';

type Fetch = typeof globalThis.fetch;

/**
 * A fetch for streamed answers over another one. It follows no redirect and sends no cookies; an answer that is an error
 * ends once it is larger than any honest one; an answer that is no stream of events, a web page for example, is an error.
 * Streams are counted where they are read (`read-events.ts`).
 */
export function limitedFetch(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'error', credentials: 'omit' });
    if (!response.body) return response;
    if (!response.ok) return new Response(response.body.pipeThrough(limiter(LIMITS.errorBytes)), response);
    if (isSomethingElse(response)) return insteadOfStream(response);
    return response;
  };
}

/** Servers that name no type, or a wrong one, for their stream are given the benefit of the doubt. */
function isSomethingElse(response: Response): boolean {
  return /^\s*(text\/html|application\/(json|problem\+json|xml|xhtml))/i.test(
    response.headers.get('content-type') ?? '',
  );
}

/** What answered is said with the error of its own where it has one; the status is not believed. */
async function insteadOfStream(response: Response): Promise<Response> {
  const text = await new Response(response.body?.pipeThrough(limiter(LIMITS.errorBytes))).text();
  const body = errorIn(text) ?? { code: NOT_A_STREAM, message: 'The answer is not a stream of events.' };
  return new Response(JSON.stringify({ error: body }), {
    status: 422,
    headers: { 'content-type': 'application/json', 'x-should-retry': 'false' },
  });
}

function errorIn(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  } catch {
    return undefined;
  }
}

function limiter(bytes: number): TransformStream<Uint8Array, Uint8Array> {
  let left = bytes;
  return new TransformStream({
    transform: (chunk, controller) => {
      left -= chunk.byteLength;
      if (left < 0) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
}

function tooLarge(): Error {
  return new Error('The answer is larger than the limit.');
}
