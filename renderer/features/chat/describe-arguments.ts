import { renderOverridesSchema } from '../../../shared/domain/index.ts';
import { describeSettings, formatCount, inWords } from '../../components/format.ts';

const LABELS: Record<string, string> = {
  output_type_name: 'Output type',
  product_ids: 'Products',
  selection_id: 'Selection',
  order_id: 'Order',
  material_name: 'Material',
  sql: 'SQL',
};

function describeValue(key: string, value: unknown): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && key === 'product_ids') return formatCount(value.length, 'product', 'products');
  const overrides = renderOverridesSchema.safeParse(value);
  if (overrides.success) return describeSettings(overrides.data).join(' · ') || 'none';
  return JSON.stringify(value);
}

/** Arguments of a tool call as label and value, in words; absent ones are left out. */
export function describeArguments(args: Readonly<Record<string, unknown>>): { label: string; value: string }[] {
  return Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ label: LABELS[key] ?? inWords(key), value: describeValue(key, value) }));
}
