import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, notJson } from './wire/errors.ts';
import type { WireError } from './wire/errors.ts';
import { isObject, parseJson } from './wire/json.ts';
import type { JsonObject } from './wire/json.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** Reads a request's body as a JSON object, at most 16 MB. Rejects where the connection breaks. */
export async function readBody(
  request: IncomingMessage,
): Promise<{ ok: true; value: JsonObject } | { ok: false; error: WireError }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not destroyed on an early return: the refusal still has to go out on this connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return { ok: false, error: bodyTooLarge };
    chunks.push(chunk);
  }
  const body = parseJson(Buffer.concat(chunks).toString('utf8'));
  return isObject(body) ? { ok: true, value: body } : { ok: false, error: notJson };
}
