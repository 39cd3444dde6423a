import type { Effect, RenderSettings } from '../../../shared/domain/index.ts';
import { counted, renderPhrase } from './settings.ts';
import type { UnmappedProduct } from './unmapped.ts';

/** A sample shows this many things at most. */
export const SAMPLE_SIZE = 20;

export interface SampleProduct {
  id: string;
  pim_id: string;
  name: string;
}

/** What will be rendered, and what of it cannot come out well. */
export interface RenderOutlook {
  settings: RenderSettings;
  materialOverride: string | null;
  unmapped: readonly UnmappedProduct[];
}

/** `, all in Steel-Bare` and `, 3 with unmapped materials`: what a person has to know beside the number of renders. */
export function outlookPhrase({ materialOverride, unmapped }: RenderOutlook): string {
  const override = materialOverride === null ? '' : `, all in ${materialOverride}`;
  return `${override}${unmapped.length === 0 ? '' : `, ${unmapped.length} with unmapped materials`}`;
}

/** `Order for 148 products, 148 WebP renders at 1024 x 1024, 3 with unmapped materials`. */
export function orderSentence(products: number, outlook: RenderOutlook, dispatch: boolean): string {
  const head = `${dispatch ? 'Order' : 'Draft order'} for ${counted(products, 'product')}`;
  const renders = `${renderPhrase(products, outlook.settings)}${dispatch ? '' : ' once dispatched'}`;
  return `${head}, ${renders}${outlookPhrase(outlook)}`;
}

/** The products touched, those with a problem first. */
export function productSample(
  unmapped: readonly UnmappedProduct[],
  others: readonly SampleProduct[],
): Effect['sample'] {
  const troubled = new Set(unmapped.map((product) => product.id));
  const noted = unmapped.map((product) => ({
    id: product.id,
    label: `${product.pim_id} ${product.name}`,
    note: `unmapped: ${product.materials.join(', ')}`,
  }));
  const plain = others
    .filter((product) => !troubled.has(product.id))
    .map((product) => ({ id: product.id, label: `${product.pim_id} ${product.name}` }));
  return [...noted, ...plain].slice(0, SAMPLE_SIZE);
}
