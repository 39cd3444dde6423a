import { expect, test } from 'vitest';
import {
  dryRunSchema,
  materialSchema,
  orderSchema,
  outputTypeSchema,
  pageOf,
  removedSchema,
  selectionSchema,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import { productIds } from '../../test-support/orders.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
const admin = () => pipeline().as('admin@kugelwerk.example');
const settings = {
  format: 'webp',
  width: 640,
  height: 640,
  quality: 80,
  background: '#ffffff',
  samples: 16,
  camera: 'front',
} as const;
const red = { color: '#aa1122', metallic: 0, roughness: 0.4 };

async function refusal(method: string, path: string, body?: unknown): Promise<[number, string]> {
  const answer = await (await admin()).call(method, path, { body });
  return [answer.status, problemSchema.parse(answer.body).detail];
}

async function defaults(): Promise<string[]> {
  const types = await (await admin()).read(pageOf(outputTypeSchema), '/output-types');
  return types.items.filter((type) => type.is_default).map(({ name }) => name);
}

test('an output type is shown, made, changed by name or id, renamed and deleted', async () => {
  const by = await admin();
  const path = '/output-types/Square%20640';
  const shown = dryRunSchema.parse(
    (await by.call('PUT', `${path}?dry_run=true`, { body: { settings }, key: null })).body,
  );
  expect(shown.effect.summary).toBe('Output type Square 640: new, webp 640 x 640');
  const made = await by.change(outputTypeSchema, 'PUT', `${path}?snapshot=${shown.snapshot}`, { settings });
  expect(made).toMatchObject({ name: 'Square 640', is_default: false, settings });
  const moved = await by.call('PUT', `${path}?snapshot=${shown.snapshot}`, { body: { settings } });
  expect(problemSchema.parse(moved.body).code).toBe('snapshot_changed');
  const changed = { name: 'Square 700', settings: { ...settings, width: 700, height: 700 } };
  expect(await by.change(outputTypeSchema, 'PUT', `/output-types/${made.id}`, changed)).toMatchObject({
    ...changed,
    id: made.id,
  });
  expect((await refusal('PUT', '/output-types/square%20700', { name: 'Thumbnail', settings }))[0]).toBe(409);
  expect(await by.change(removedSchema, 'DELETE', '/output-types/square%20700')).toEqual({
    name: 'Square 700',
    archived: false,
  });
  expect((await refusal('DELETE', '/output-types/square%20700'))[0]).toBe(404);
});

test('one output type is the default, always, also when two are made it at once', async () => {
  const by = await admin();
  expect(await defaults()).toEqual(['Web Standard']);
  expect((await refusal('DELETE', '/output-types/Web%20Standard'))[1]).toMatch(/default first/);
  expect((await refusal('PUT', '/output-types/Web%20Standard', { settings, is_default: false }))[0]).toBe(409);
  await Promise.all(
    ['One', 'Two'].map((name) =>
      by.change(outputTypeSchema, 'PUT', `/output-types/${name}`, { settings, is_default: true }),
    ),
  );
  expect(await defaults()).toHaveLength(1);
  await by.change(outputTypeSchema, 'PUT', '/output-types/One', { settings, is_default: true });
  expect(await defaults()).toEqual(['One']);
});

test('one that orders were made with is archived, offered no longer, and comes back by name', async () => {
  const by = await admin();
  const made = await by.change(outputTypeSchema, 'PUT', '/output-types/Used', { settings });
  const asked = { product_ids: await productIds(by, 'limit=1'), output_type_name: 'Used', dispatch: false };
  const order = await by.change(orderSchema, 'POST', '/orders', asked);
  expect(await by.change(removedSchema, 'DELETE', '/output-types/Used')).toEqual({ name: 'Used', archived: true });
  expect(JSON.stringify((await by.get('/output-types')).body)).not.toContain('"Used"');
  expect(problemSchema.parse((await by.call('POST', '/orders', { body: asked })).body).code).toBe(
    'unknown_output_type',
  );
  expect((await by.get(`/orders/${order.number}`)).body).toMatchObject({ output_type_name: 'Used' });
  expect(await by.change(outputTypeSchema, 'PUT', '/output-types/Used', { settings })).toMatchObject({ id: made.id });
});

test('a material is made, changed and deleted, but not while something uses it', async () => {
  const by = await admin();
  const made = await by.change(materialSchema, 'PUT', '/materials/Paint-Red', red);
  expect(await by.change(materialSchema, 'PUT', `/materials/${made.id}`, { ...red, roughness: 0.9 })).toMatchObject({
    roughness: 0.9,
  });
  const mapping = { cad_material: 'Lack rot', material_name: 'Paint-Red' };
  expect((await by.call('PUT', '/material-mappings', { body: mapping })).status).toBe(200);
  expect((await refusal('DELETE', '/materials/Paint-Red'))[1]).toMatch(/1 CAD materials are mapped to/);
  await by.call('PUT', '/material-mappings', { body: { ...mapping, material_name: null } });
  const asked = {
    product_ids: await productIds(by, 'limit=1'),
    output_type_name: 'Thumbnail',
    material_override: 'Paint-Red',
    dispatch: false,
  };
  await by.change(orderSchema, 'POST', '/orders', asked);
  expect((await refusal('DELETE', '/materials/Paint-Red'))[1]).toMatch(/1 open orders/);
  expect((await refusal('PUT', '/materials/Paint-Red', { ...red, name: 'Paint-Crimson' }))[0]).toBe(409);
  await by.change(materialSchema, 'PUT', '/materials/Unused', red);
  expect(await by.change(removedSchema, 'DELETE', '/materials/unused')).toEqual({ name: 'Unused', archived: false });
});

test.each([
  ['/materials/X', { ...red, color: 'red' }, 'color'],
  ['/materials/X', { ...red, metallic: 2 }, 'metallic'],
  ['/materials/X', { ...red, shiny: true }, 'shiny'],
  ['/output-types/X', { settings: { ...settings, width: 1 } }, 'settings.width'],
  ['/output-types/X', { settings: { ...settings, glow: 1 } }, 'settings.glow'],
  ['/output-types/%01', { settings }, 'id'],
])('PUT %s names the wrong field of %j', async (path, body, field) => {
  const answer = await (await admin()).call('PUT', path, { body });
  expect(problemSchema.parse(answer.body)).toMatchObject({ status: 400, errors: [{ field }] });
});

test('a selection takes the exact ones of a list and tells what the others were', async () => {
  const by = await pipeline().as('operator@kugelwerk.example');
  const [first] = await productIds(by, 'query=KL-6205-2RSR&limit=1');
  const references = ['KL-6205-2RSR', 'kl 6205 2rsr', 'KL-6205-2RSRR', 'Schraube M8'];
  const made = await by.change(selectionSchema, 'POST', '/selections', { references });
  expect(made).toMatchObject({ count: 1, sample: [{ id: first }], references: { exact: 2, none: 1 } });
  const none = await by.call('POST', '/selections', { body: { references: ['Schraube M8'] } });
  expect(problemSchema.parse(none.body).code).toBe('nothing_found');
});
