import { answered } from './converse.ts';

/** Tool results as a desk gives them, see docs/tools.md. */
export const found = { count: 148, selection_id: 'sel_k1', label: 'Kugellager', products: [] };
export const outputTypes = {
  output_types: [
    { name: 'Web Catalog', description: '', is_default: true, format: 'png', width: 800, height: 800 },
    { name: 'Shop WebP', description: '', is_default: false, format: 'webp', width: 512, height: 512 },
    { name: 'Shop WebP large', description: '', is_default: false, format: 'webp', width: 1024, height: 1024 },
  ],
};
export const order = {
  id: '0190c7a0-0000-7000-8000-000000000001',
  number: 'SA-2026-00161',
  status: 'queued',
  output_type: 'Shop WebP large',
  format: 'webp',
  width: 1024,
  height: 1024,
  material_override: null,
  products: 148,
  done: 0,
  failed: 0,
  queued: 148,
  running: 0,
  cancelled: 0,
};
/** The two look-ups of a new order, done. */
export const lookedUp = answered(
  ['search_products', { category: 'Kugellager' }, found],
  ['list_output_types', {}, outputTypes],
);
