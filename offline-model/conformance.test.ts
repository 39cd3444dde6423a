import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OfflineModelServer } from './server.ts';
import { DATED, V1, body, frames, post, start } from './test-support/post.ts';

/** The published schemas lie beside the repository; they are not part of it. */
const specs = path.resolve(import.meta.dirname, '..', '..', 'shared', 'specs');
const FILES = ['azure-openai-v1', 'azure-openai-2025-03-01-preview', 'openai-platform'] as const;

type Schema = Record<string, unknown>;
interface Roots {
  response: string;
  chunk: string;
  error: string;
}

/** A definition of a schema document, with the places relaxed where the real service differs from its own schema. */
function validator(file: string, root: keyof Roots): (data: unknown) => string {
  const document = JSON.parse(readFileSync(path.join(specs, `${file}.chat-completions.schema.json`), 'utf8')) as Schema;
  const roots = JSON.parse(/Roots: (\{.*\})/.exec(String(document.$comment))?.[1] ?? '{}') as Roots;
  if (root === 'error') relaxErrors(document.$defs as Record<string, Schema>);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile({ ...document, $id: `urn:${file}:${root}`, $ref: `#/$defs/${roots[root]}` });
  return (data) => (validate(data) ? '' : ajv.errorsText(validate.errors));
}

/**
 * Real bodies of the model server have `type: "invalid_request_error"` and null codes and params, which the Azure schemas do
 * not foresee; those of the gateway have code and message only, which the platform's schema does not.
 */
function relaxErrors(defs: Record<string, Schema>): void {
  const nullable = { type: ['string', 'null'] };
  const members = { code: nullable, param: nullable, type: { type: 'string' } };
  const v1 = (defs.AzureErrorResponse?.properties as Record<string, Schema> | undefined)?.error;
  for (const schema of [v1, defs.error, defs.errorBase, defs.Error]) {
    if (schema?.properties !== undefined) schema.properties = { ...(schema.properties as object), ...members };
  }
  if (defs.Error !== undefined) defs.Error.required = ['message', 'code'];
}

const SENTENCES = [
  'hello',
  'Render all Kugellager products as WebP at 1024x1024',
  'How many renders failed this week?',
];

describe('published schemas', () => {
  beforeEach((ctx) => {
    if (!existsSync(specs)) ctx.skip('the published schemas are not beside the checkout, in ../shared/specs');
  });
  let server: OfflineModelServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  it.each(FILES)('%s: whole answers', async (file) => {
    const check = validator(file, 'response');
    for (const sentence of SENTENCES) {
      for (const target of [V1, DATED]) {
        expect(check(await (await post(server.url + target, body(sentence))).json())).toBe('');
      }
    }
  });

  it.each(FILES)('%s: every frame of a stream', async (file) => {
    const check = validator(file, 'chunk');
    for (const sentence of SENTENCES) {
      const extra = { stream: true, stream_options: { include_usage: true } };
      const all = await frames(await post(server.url + V1, body(sentence, extra)));
      const [promptFilter, ...rest] = all.filter((frame) => frame !== '[DONE]');
      // The prompt-filter frame has an empty `object` on the real wire too: the schema's constant is all it may miss.
      expect(check(promptFilter)).toMatch(/^data\/object must be equal to one of the allowed values$/);
      for (const frame of rest) expect(check(frame)).toBe('');
    }
  });

  it.each(FILES)('%s: error bodies', async (file) => {
    const check = validator(file, 'error');
    const orphan = [{ role: 'tool', tool_call_id: 'x', content: '' }];
    const failures = [
      await post(server.url + V1, body('hi'), { 'api-key': 'wrong' }),
      await post(`${server.url}/openai/v1/nowhere`, body('hi')),
      await post(server.url + V1, body('hi', { model: 'gpt' })),
      await post(server.url + V1, body('hi', { messages: orphan })),
      await post(server.url + V1, body('hi', { n: 2 })),
      await post(server.url + V1, 'no json'),
    ];
    for (const failure of failures) expect(check(await failure.json())).toBe('');
  });

  it('the check itself can fail', () => {
    expect(validator('azure-openai-v1', 'response')({ id: 'x' })).not.toBe('');
    expect(validator('openai-platform', 'error')({ error: { message: 1 } })).not.toBe('');
  });
});
