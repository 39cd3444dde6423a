import { afterAll, expect, test } from 'vitest';
import { problemSchema } from '../../shared/errors/index.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';

process.env['RENDERDESK_REQUESTS_PER_MINUTE'] = '180';
const pipeline = usePipeline({ workers: 0 });
afterAll(() => {
  delete process.env['RENDERDESK_REQUESTS_PER_MINUTE'];
});

test('a flood under one token is told when to come back, and keeps nobody else out', async () => {
  const operator = await pipeline().as('operator@kugelwerk.example');
  const admin = await pipeline().as('admin@kugelwerk.example');
  const answers = await Promise.all(Array.from({ length: 90 }, () => operator.get('/me')));
  const refused = answers.find(({ status }) => status === 429);
  expect(problemSchema.parse(refused?.body).code).toBe('rate_limited');
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(29);
  expect((await admin.get('/me')).status).toBe(200);
});
