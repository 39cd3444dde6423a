import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  dryRunSchema,
  orderHistoryEntrySchema,
  orderLineSchema,
  orderSchema,
  overrideAnswerSchema,
  pageOf,
  renderLogSchema,
  renderSchema,
  type Order,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import type { Client } from '../../test-support/client.ts';
import { productIds, untilFinished } from '../../test-support/orders.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline();
let operator: Client;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
});

/** 7203-B carries PEEK-CF30, which nothing maps; the others of the series are mapped. */
const UNMAPPED = 'query=7203-B&limit=1';
const small = { width: 64, height: 48 };

async function newOrder(more: object): Promise<Order> {
  const body = { output_type_name: 'Web Standard', render_overrides: small, ...more };
  return await operator.change(orderSchema, 'POST', '/orders', body);
}

async function linesOf(order: Order) {
  return (await operator.read(pageOf(orderLineSchema), `/orders/${order.id}/lines?limit=200`)).items;
}

describe('from order to image files', () => {
  test.each([
    ['webp', 200, 150],
    ['png', 97, 211],
    ['jpeg', 64, 64],
    ['avif', 120, 80],
  ])('%s at exactly %i x %i', async (format, width, height) => {
    const ids = await productIds(operator, 'query=6205&limit=2');
    const order = await newOrder({ product_ids: ids, render_overrides: { format, width, height } });
    expect(order).toMatchObject({ status: 'queued', lines: { total: 2, queued: 2 } });
    const done = await untilFinished(operator, order.number);
    expect(done).toMatchObject({ status: 'done', lines: { done: 2, queued: 0, running: 0, failed: 0 } });
    for (const line of await linesOf(order)) {
      expect(line).toMatchObject({ status: 'done', progress: 1, attempts: 1, has_image: true });
      const bytes = await operator.bytes(`/renders/${line.render_id}/image`);
      const picture = await sharp(bytes).metadata();
      expect([picture.width, picture.height]).toEqual([width, height]);
      expect(picture.format).toBe(format === 'avif' ? 'heif' : format);
      const render = await operator.read(renderSchema, `/renders/${line.render_id}`);
      expect(render).toMatchObject({ status: 'done', image_bytes: bytes.length, settings: { format, width, height } });
      const thumbnail = await sharp(await operator.bytes(`/renders/${line.render_id}/thumbnail`)).metadata();
      expect(thumbnail.format).toBe('webp');
    }
    const files = await readdir(pipeline().files, { recursive: true });
    expect(files.some((file) => file.endsWith('.new'))).toBe(false);
  });

  test('history and log say what happened', async () => {
    const order = await newOrder({ product_ids: await productIds(operator, 'query=6205&limit=1') });
    await untilFinished(operator, order.id);
    const history = await operator.read(pageOf(orderHistoryEntrySchema), `/orders/${order.id}/history`);
    expect(history.items.map(({ event, origin }) => [event, origin])).toEqual([
      ['created', 'click'],
      ['finished', 'pipeline'],
    ]);
    const [line] = await linesOf(order);
    const log = await operator.read(renderLogSchema, `/renders/${line?.render_id}/log`);
    expect(log.lines.map(({ text }) => text)).toEqual([
      'Started by pipeline',
      expect.stringMatching(/^Done in \d+ ms/),
    ]);
  });

  test('the origin of the assistant is kept, and its tool call is not shown', async () => {
    const order = await newOrder({ product_ids: await productIds(operator, 'query=6205&limit=1'), dispatch: false });
    const headers = { 'renderdesk-origin': 'assistant; tool_call=0b5a' };
    await operator.call('POST', `/orders/${order.id}/cancel`, { headers });
    const history = await operator.read(pageOf(orderHistoryEntrySchema), `/orders/${order.id}/history`);
    expect(history.items.at(-1)).toMatchObject({ event: 'cancelled', origin: 'assistant', actor: 'Jana Petersen' });
  });
});

describe('dry run, snapshot and key', () => {
  test('a dry run says the effect, stores nothing and needs no key', async () => {
    const before = (await operator.read(pageOf(orderSchema), '/orders?limit=1')).items[0];
    const ids = await productIds(operator, 'category=Schr%C3%A4gkugellager&limit=200');
    const body = { product_ids: ids, output_type_name: 'web standard', render_overrides: { width: 800 } };
    const answer = await operator.call('POST', '/orders?dry_run=true', { body, key: null });
    const { effect } = dryRunSchema.parse(answer.body);
    const unmapped = effect.counts['unmapped'] ?? 0;
    expect(unmapped).toBeGreaterThan(0);
    expect(effect.summary).toBe(
      `Order for ${ids.length} products, ${ids.length} WebP renders at 800 x 1024, ${unmapped} with unmapped materials`,
    );
    expect(effect.counts).toMatchObject({ orders: 1, products: ids.length, renders: ids.length });
    expect(effect.sample.length).toBe(20);
    expect(effect.sample[0]?.note).toMatch(/^unmapped: /);
    expect((await operator.read(pageOf(orderSchema), '/orders?limit=1')).items[0]?.number).toBe(before?.number);
  });

  test('a moved world is refused with the new effect, an unmoved one is not', async () => {
    const ids = await productIds(operator, UNMAPPED);
    const body = { product_ids: ids, output_type_name: 'Web Standard', render_overrides: small };
    const shown = dryRunSchema.parse((await operator.call('POST', '/orders?dry_run=true', { body })).body);
    expect(shown.effect.counts['unmapped']).toBe(1);
    const mapping = { cad_material: 'PEEK-CF30', material_name: 'Steel-Bare' };
    await operator.call('PUT', '/material-mappings', { body: mapping });
    const refused = await operator.call('POST', `/orders?snapshot=${shown.snapshot}`, { body });
    expect(refused.status).toBe(409);
    const problem = problemSchema.parse(refused.body);
    expect(problem.code).toBe('snapshot_changed');
    const moved = dryRunSchema.parse(problem.details);
    expect(moved.effect.counts['unmapped']).toBe(0);
    const accepted = await operator.call('POST', `/orders?snapshot=${moved.snapshot}`, { body });
    expect(accepted.status).toBe(201);
    await operator.call('PUT', '/material-mappings', { body: { ...mapping, material_name: null } });
  });

  test('the same key acts once, however often and however much at once it is sent', async () => {
    const body = {
      product_ids: await productIds(operator, 'query=6205&limit=1'),
      output_type_name: 'Thumbnail',
      dispatch: false,
    };
    const key = 'once-and-only-once';
    const answers = await Promise.all(Array.from({ length: 8 }, () => operator.call('POST', '/orders', { body, key })));
    const again = await operator.call('POST', '/orders', { body, key });
    const made = [...answers, again].filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThan(0);
    expect(new Set(made.map((answer) => orderSchema.parse(answer.body).number)).size).toBe(1);
    const others = answers
      .filter(({ status }) => status !== 201)
      .map((answer) => problemSchema.parse(answer.body).code);
    expect(new Set(others).size === 0 || [...new Set(others)]).toEqual(others.length === 0 ? true : ['in_flight']);
    const reused = await operator.call('POST', '/orders', { body: { ...body, dispatch: true }, key });
    expect(problemSchema.parse(reused.body).code).toBe('key_reused');
    expect((await operator.get(`/idempotency/${key}`)).body).toMatchObject({ status: 201, answer: made[0]?.body });
    expect((await operator.get('/idempotency/never-used')).status).toBe(404);
  });

  test('a failed change leaves its key free', async () => {
    const key = 'fails-first';
    const body = { product_ids: await productIds(operator, 'query=6205&limit=1'), output_type_name: 'Nope' };
    const failed = await operator.call('POST', '/orders', { body, key });
    expect(problemSchema.parse(failed.body)).toMatchObject({
      code: 'unknown_output_type',
      errors: [{ field: 'output_type_name' }],
    });
    const right = { ...body, output_type_name: 'Thumbnail', dispatch: false };
    expect((await operator.call('POST', '/orders', { body: right, key })).status).toBe(201);
  });
});

describe('the life of an order', () => {
  test('a draft is dispatched once', async () => {
    const draft = await newOrder({ product_ids: await productIds(operator, 'query=6205&limit=2'), dispatch: false });
    expect(draft).toMatchObject({ status: 'draft', dispatched_at: null });
    expect((await linesOf(draft)).every((line) => line.render_id === null && line.status === 'queued')).toBe(true);
    const sent = await operator.change(orderSchema, 'POST', `/orders/${draft.number}/dispatch`);
    expect(sent.status).toBe('queued');
    const again = await operator.call('POST', `/orders/${draft.number}/dispatch`);
    expect(problemSchema.parse(again.body).code).toBe('illegal_state');
    expect((await untilFinished(operator, draft.id)).status).toBe('done');
  });

  test('an unmapped material fails its line; with a material override the retry succeeds', async () => {
    const [bad] = await productIds(operator, UNMAPPED);
    const [good] = await productIds(operator, 'query=6205&limit=1');
    const order = await newOrder({ product_ids: [bad, good] });
    const ended = await untilFinished(operator, order.id);
    expect(ended).toMatchObject({ status: 'done_with_failures', lines: { done: 1, failed: 1 } });
    const [failed] = await linesOf(order);
    expect(failed).toMatchObject({ status: 'failed', has_image: false, error: expect.stringContaining('PEEK-CF30') });
    expect(await operator.read(renderSchema, `/renders/${failed?.render_id}`)).toMatchObject({
      failure_reason: 'Unmapped CAD material PEEK-CF30',
    });
    const missing = await operator.get(`/renders/${failed?.render_id}/image`);
    expect([missing.status, problemSchema.parse(missing.body).code]).toEqual([404, 'image_not_ready']);

    const changed = await operator.change(overrideAnswerSchema, 'PUT', `/orders/${order.id}/material-override`, {
      material_name: 'steel-bare',
    });
    expect(changed).toMatchObject({ previous: null, order: { material_override: 'Steel-Bare' } });
    const retry = dryRunSchema.parse(
      (await operator.call('POST', `/orders/${order.id}/retry-failed?dry_run=true`)).body,
    );
    expect(retry.effect.counts).toMatchObject({ renders: 1, unmapped: 0 });
    await operator.change(orderSchema, 'POST', `/orders/${order.id}/retry-failed`);
    expect(await untilFinished(operator, order.id)).toMatchObject({ status: 'done', lines: { done: 2, failed: 0 } });
    expect((await linesOf(order))[0]).toMatchObject({ status: 'done', attempts: 2, error: null });
    const nothing = await operator.call('POST', `/orders/${order.id}/retry-failed`);
    expect(problemSchema.parse(nothing.body).code).toBe('illegal_state');
  });

  test('cancelling stops what waits and leaves what is done', async () => {
    const ids = await productIds(operator, 'category=Kugellager&limit=200');
    const order = await newOrder({ product_ids: ids, render_overrides: { width: 900, height: 900 } });
    const cancelled = await operator.change(orderSchema, 'POST', `/orders/${order.id}/cancel`);
    expect(['cancelling', 'cancelled']).toContain(cancelled.status);
    const ended = await untilFinished(operator, order.id);
    expect(ended.status).toBe('cancelled');
    expect(ended.lines.cancelled).toBeGreaterThan(ids.length - 20);
    expect(ended.lines.done + ended.lines.cancelled + ended.lines.failed).toBe(ids.length);
    const lines = await operator.read(pageOf(orderLineSchema), `/orders/${order.id}/lines?status=cancelled&limit=1`);
    expect(lines.total).toBe(ended.lines.cancelled);
    const again = await operator.call('POST', `/orders/${order.id}/cancel`);
    expect(problemSchema.parse(again.body).code).toBe('illegal_state');
  });

  test('overrides answer what stood there before, and render with what is set', async () => {
    const draft = await newOrder({ product_ids: await productIds(operator, 'query=6205&limit=1'), dispatch: false });
    const path = `/orders/${draft.number}/render-overrides`;
    const body = { overrides: { format: 'png', width: 40, height: 30 } };
    const changed = await operator.change(overrideAnswerSchema, 'PUT', path, body);
    expect(changed.previous).toEqual(small);
    expect(changed.order.settings).toMatchObject({ format: 'png', width: 40, height: 30, quality: 85 });
    const undone = await operator.change(overrideAnswerSchema, 'PUT', path, { overrides: changed.previous });
    expect(undone.order.render_overrides).toEqual(small);
    const refused = await operator.call('PUT', `/orders/${draft.number}/material-override`, {
      body: { material_name: 'Gold' },
    });
    expect(problemSchema.parse(refused.body)).toMatchObject({
      code: 'unknown_material',
      errors: [{ field: 'material_name' }],
    });
  });
});
