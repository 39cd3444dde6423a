import { beforeAll, describe, expect, test } from 'vitest';
import {
  dryRunSchema,
  orderSchema,
  pageOf,
  productSchema,
  selectionSchema,
  type DryRun,
  type EffectRow,
} from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import type { Client } from '../../test-support/client.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let order: { selection_id: string; output_type_name: string; dispatch: boolean };
beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
  const selection = { filter: { category: 'Kugellager' } };
  const made = await operator.change(selectionSchema, 'POST', '/selections', selection);
  order = { selection_id: made.id, output_type_name: 'Thumbnail', dispatch: false };
});

async function tried(method: string, path: string, body: object, query: string): Promise<DryRun> {
  const answer = await operator.call(method, `${path}?dry_run=true&${query}`, { body });
  return dryRunSchema.parse(answer.body);
}

/** Every row, page by page. */
async function allRows(method: string, path: string, body: object, only: string): Promise<EffectRow[]> {
  const rows: EffectRow[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: DryRun['rows'] = (
      await tried(method, path, body, `rows=${only}&rows_limit=60${cursor && `&rows_cursor=${cursor}`}`)
    ).rows;
    rows.push(...(page?.items ?? []));
    cursor = page?.next_cursor ?? null;
  }
  return rows;
}

describe('the rows behind an effect', () => {
  test('of a new order are its products, the counted ones and no others', async () => {
    const { effect } = await tried('POST', '/orders', order, '');
    const rows = await allRows('POST', '/orders', order, 'all');
    expect(rows.length).toBe(effect.counts['products']);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    const troubled = rows.filter(({ problem }) => problem);
    expect(troubled.length).toBe(effect.counts['unmapped']);
    expect(troubled.length).toBeGreaterThan(0);
    expect(troubled.every(({ note }) => note?.startsWith('unmapped: '))).toBe(true);
    const problems = await allRows('POST', '/orders', order, 'problems');
    expect(problems.map(({ id }) => id).sort()).toEqual(troubled.map(({ id }) => id).sort());
    const all = { ...order, material_override: 'Steel-Bare' };
    expect(await allRows('POST', '/orders', all, 'problems')).toEqual([]);
  });

  test('of a draft are its lines, by position, with what will fail', async () => {
    const draft = await operator.change(orderSchema, 'POST', '/orders', order);
    const dispatch = `/orders/${draft.number}/dispatch`;
    const rows = await allRows('POST', dispatch, {}, 'all');
    expect(rows.map(({ id }) => id)).toEqual((await allRows('POST', '/orders', order, 'all')).map(({ id }) => id));
    const { effect } = await tried('POST', dispatch, {}, '');
    expect((await allRows('POST', dispatch, {}, 'problems')).length).toBe(effect.counts['unmapped']);
    const override = `/orders/${draft.number}/material-override`;
    const steel = await allRows('PUT', override, { material_name: 'Steel-Bare' }, 'problems');
    const none = await allRows('PUT', override, { material_name: null }, 'problems');
    expect([steel.length, none.length]).toEqual([0, effect.counts['unmapped']]);
    const cancel = await allRows('POST', `/orders/${draft.number}/cancel`, {}, 'all');
    expect(cancel.map(({ note }) => note)).toEqual(rows.map(() => 'queued'));
  });

  test('come with a dry run only, do not touch the snapshot, and take no cursor of another list', async () => {
    const plain = await tried('POST', '/orders', order, '');
    const shown = await tried('POST', '/orders', order, 'rows=all&rows_limit=1');
    expect(shown).toMatchObject({ snapshot: plain.snapshot, effect: plain.effect });
    expect([plain.rows, shown.rows?.items.length]).toEqual([undefined, 1]);
    const [product] = (await operator.read(pageOf(productSchema), '/products?limit=1')).items;
    const body = { product_ids: [product?.id], output_type_name: 'Thumbnail', dispatch: false };
    const bad = await operator.call('POST', '/orders?dry_run=true&rows=all&rows_cursor=x', { body });
    expect(problemSchema.parse(bad.body)).toMatchObject({ code: 'validation_failed', errors: [{ field: 'cursor' }] });
    const made = await operator.call('POST', '/orders?rows=all', { body });
    expect(orderSchema.safeParse(made.body).success).toBe(true);
  });
});
