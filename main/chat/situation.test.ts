import { expect, it } from 'vitest';
import { fail, ok } from '../../shared/errors/index.ts';
import { sampleOrder } from '../../tests/helpers/agent/index.ts';
import type { DeskFigures } from '../agent/index.ts';
import type { PipelineReads } from '../pipeline/index.ts';
import { readSituation } from './situation.ts';

const order = sampleOrder();
const product = { id: 'p1', number: 'KL-6205' };
const figures: DeskFigures = {
  at: '2026-11-23T10:00:00.000Z',
  orders: { draft: 1, queued: 2, running: 3 },
  renders: { queued: 4, running: 5 },
  failed_today: 6,
};

/** What is told of what was open, from a pipeline that has one order and one product. */
function told(context_type: 'order' | 'product' | 'general', context_id: string | null) {
  const read = {
    order: (id: string) => Promise.resolve(id === order.id ? ok(order) : fail('not_found')),
    product: (id: string) => Promise.resolve(id === product.id ? ok(product) : fail('not_found')),
  } as unknown as PipelineReads;
  return readSituation({ context_type, context_id }, { read, figures: { now: () => Promise.resolve(figures) } });
}

it('is the open order or product, with the figures', async () => {
  expect(await told('order', order.id)).toEqual({ open: { type: 'order', order }, figures });
  expect(await told('product', product.id)).toEqual({ open: { type: 'product', product }, figures });
});

it('leaves out what is not open, or can’t be read', async () => {
  const nothing = { open: null, figures };
  expect(await told('order', null)).toEqual(nothing);
  expect(await told('general', order.id)).toEqual(nothing);
  expect(await told('order', 'gone')).toEqual(nothing);
  expect(await told('product', 'gone')).toEqual(nothing);
});
