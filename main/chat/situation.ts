import type { StoredMessage } from '../../shared/domain/index.ts';
import type { OpenThing, Situation } from '../agent/index.ts';
import type { PipelineReads } from '../pipeline/index.ts';
import type { FiguresReader } from './desk-figures.ts';

/** What a message says was open when it was written. */
export type OpenIn = Partial<Pick<StoredMessage, 'context_type' | 'context_id'>>;

/**
 * What the model is told of the world as it is now: the open order or product, and the company's figures. What can't be
 * read is left out: no question fails for it.
 */
export async function readSituation(
  message: OpenIn,
  { read, figures }: { read: PipelineReads; figures: FiguresReader },
): Promise<Situation> {
  const [open, now] = await Promise.all([readOpen(message, read), figures.now()]);
  return { open, figures: now };
}

async function readOpen(
  { context_type: type, context_id: id }: OpenIn,
  read: PipelineReads,
): Promise<OpenThing | null> {
  if (!id) return null;
  if (type === 'order') {
    const order = await read.order(id);
    return order.ok ? { type, order: order.value } : null;
  }
  if (type !== 'product') return null;
  const product = await read.product(id);
  return product.ok ? { type, product: product.value } : null;
}
