import { z } from 'zod';
import { orderStatusSchema } from '../../../shared/domain/index.ts';
import { formatCount, formatNumber } from '../../components/format.ts';

/** An order as the tools tell of it (docs/tools.md). */
const toolOrderSchema = z.object({ id: z.string(), number: z.string(), status: orderStatusSchema });
export type ToolOrder = z.infer<typeof toolOrderSchema>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]).catch('…');
const tableSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(cell)),
  row_count: z.number(),
  truncated: z.boolean(),
});
export type ToolTable = z.infer<typeof tableSchema>;

/** What a result comes down to: a sentence, and what can be drawn better than said. */
export interface ToolSummary {
  text: string | null;
  failed?: true;
  orders?: ToolOrder[];
  table?: ToolTable;
}

/** Each shape a result may have, the more particular first. */
const SHAPES: ((result: unknown) => ToolSummary | null)[] = [
  shape(z.object({ error: z.object({ message: z.string() }) }), ({ error }) => ({ text: error.message, failed: true })),
  shape(z.object({ rejected: z.literal(true), reason: z.string().nullish() }), ({ reason }) => ({
    text: reason ? `Rejected: ${reason}` : 'Rejected',
  })),
  shape(z.object({ total: z.number(), orders: z.array(toolOrderSchema) }), ({ total, orders }) => ({
    text: formatCount(total, 'order', 'orders'),
    orders,
  })),
  shape(z.object({ order: toolOrderSchema, edited: z.boolean().nullish() }), ({ order, edited }) => ({
    text: edited ? 'As you edited it' : null,
    orders: [order],
  })),
  shape(z.object({ count: z.number(), label: z.string().nullish() }), ({ count, label }) => ({
    text: formatCount(count, 'product', 'products') + (label ? ` · ${label}` : ''),
  })),
  shape(z.object({ total: z.number(), done: z.number(), failed: z.number() }), ({ total, done, failed }) => ({
    text: `${formatCount(total, 'render', 'renders')}: ${formatNumber(done)} done, ${formatNumber(failed)} failed`,
  })),
  shape(
    z.object({ products: z.number(), products_with_unmapped: z.number(), unmapped: z.array(z.unknown()) }),
    (check) => ({
      text:
        check.products_with_unmapped === 0
          ? `All materials of ${formatCount(check.products, 'product', 'products')} are mapped`
          : `${check.products_with_unmapped} of ${formatCount(check.products, 'product', 'products')} have unmapped materials`,
    }),
  ),
  shape(tableSchema, (table) => ({
    text: formatCount(table.row_count, 'row', 'rows', !table.truncated),
    table: { ...table, rows: table.rows.slice(0, 10) },
  })),
  shape(z.object({ output_types: z.array(z.unknown()) }), ({ output_types }) => ({
    text: formatCount(output_types.length, 'output type', 'output types'),
  })),
  shape(z.object({ materials: z.array(z.unknown()) }), ({ materials }) => ({
    text: formatCount(materials.length, 'material', 'materials'),
  })),
];

function shape<T>(schema: z.ZodType<T>, summarise: (value: T) => ToolSummary) {
  return (result: unknown): ToolSummary | null => {
    const parsed = schema.safeParse(result);
    return parsed.success ? summarise(parsed.data) : null;
  };
}

/** A tool's result in short; an unknown shape says nothing rather than something wrong. */
export function summariseResult(result: unknown): ToolSummary {
  for (const summarise of SHAPES) {
    const summary = summarise(result);
    if (summary !== null) return summary;
  }
  return { text: null };
}
