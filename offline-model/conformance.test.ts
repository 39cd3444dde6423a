import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FORMS, problemIn, schemasMissing, type Root } from '../tests/helpers/conformance/index.ts';
import type { OfflineModelServer } from './server.ts';
import { DATED, V1, body, frames, post, start } from './test-support/post.ts';

const SENTENCES = [
  'hello',
  'Render all Kugellager products as WebP at 1024x1024',
  'How many renders failed this week?',
];

/** The forms that Azure has; the offline model speaks as Azure does. */
const AZURE = FORMS.filter((form) => form !== 'openai-platform');

/** Whatever the address is that it is asked at: no answer fits only one of the schemas. */
describe('published schemas', () => {
  beforeEach((ctx) => {
    if (schemasMissing !== null) ctx.skip(schemasMissing);
  });
  let server: OfflineModelServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  const problem = (form: (typeof FORMS)[number], root: Root, data: unknown) =>
    problemIn({ overlays: {} }, form, root, data);

  it.each(FORMS)('%s: whole answers', async (form) => {
    for (const sentence of SENTENCES) {
      for (const target of [V1, DATED]) {
        const answer: unknown = await (await post(server.url + target, body(sentence))).json();
        expect(problem(form, 'response', answer)).toBeNull();
      }
    }
  });

  it.each(FORMS)('%s: every frame of a stream', async (form) => {
    for (const sentence of SENTENCES) {
      const extra = { stream: true, stream_options: { include_usage: true } };
      const all = await frames(await post(server.url + V1, body(sentence, extra)));
      const [promptFilter, ...rest] = all.filter((frame) => frame !== '[DONE]');
      // The prompt-filter frame is Azure's own.
      expect(problem(form, 'chunk', promptFilter) === null).toBe(AZURE.some((azure) => azure === form));
      for (const frame of rest) expect(problem(form, 'chunk', frame)).toBeNull();
    }
  });

  it.each(FORMS)('%s: error bodies', async (form) => {
    const orphan = [{ role: 'tool', tool_call_id: 'x', content: '' }];
    const failures = [
      await post(server.url + V1, body('hi'), { 'api-key': 'wrong' }),
      await post(`${server.url}/openai/v1/nowhere`, body('hi')),
      await post(server.url + V1, body('hi', { model: 'gpt' })),
      await post(server.url + V1, body('hi', { messages: orphan })),
      await post(server.url + V1, body('hi', { n: 2 })),
      await post(server.url + V1, 'no json'),
    ];
    for (const failure of failures) expect(problem(form, 'error', await failure.json())).toBeNull();
  });
});
