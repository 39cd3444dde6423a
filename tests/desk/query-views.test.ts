import { afterAll, beforeAll, expect, it } from 'vitest';
import { querySchemaSchema, type QuerySchema } from '../../shared/domain/index.ts';
import { TOOLS } from '../../main/agent/tools/index.ts';
import { startPipeline, type RunningPipeline } from '../helpers/pipeline.ts';

let pipeline: RunningPipeline;
let offered: QuerySchema;

beforeAll(async () => {
  pipeline = await startPipeline();
  const [user] = await pipeline.sampleUsers();
  const response = await pipeline.request(user?.token ?? '', '/api/query/schema');
  offered = querySchemaSchema.parse(await response.json());
});
afterAll(() => pipeline.stop());

it('tells the model of exactly the views and columns that there are', () => {
  const real = offered.views.map(({ name, columns }) => `${name}(${columns.map((column) => column.name).join(',')})`);
  const tool = TOOLS.find(({ name }) => name === 'query_database');
  expect(JSON.stringify(tool?.wire.function.parameters)).toContain(`these views: ${real.join(' ')}"`);
});

it('describes every view and every column', () => {
  const silent = offered.views.flatMap(({ name, description, columns }) => [
    ...(description === '' ? [name] : []),
    ...columns.filter((column) => column.description === '').map((column) => `${name}.${column.name}`),
  ]);
  expect(silent).toEqual([]);
  expect(offered.time_zone).toBe('Europe/Berlin');
});
