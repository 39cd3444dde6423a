/** The tools as docs/tools.md describes them, offered the way a desk offers them; for tests. */
type Properties = Record<string, object>;

const text = { type: 'string' };
const orderId = { type: 'string', description: 'Id or number of the order, or "last" for the newest of the user' };
const overrides = {
  type: 'object',
  properties: {
    format: { type: 'string', enum: ['webp', 'png', 'jpeg', 'avif'] },
    width: { type: 'integer' },
    height: { type: 'integer' },
    quality: { type: 'integer' },
    background: text,
    samples: { type: 'integer' },
    camera: { type: 'string', enum: ['three_quarter', 'front', 'section'] },
  },
};

export function tool(name: string, description: string, properties: Properties, required: string[] = []): object {
  const parameters = { type: 'object', properties, required, additionalProperties: false };
  return { type: 'function', function: { name, description, parameters } };
}

export const readingTools = [
  tool('list_orders', 'Newest orders first', { status: text, limit: { type: 'integer' }, mine: { type: 'boolean' } }),
  tool('search_products', 'Find products', { query: text, category: text, limit: { type: 'integer' } }),
  tool('get_order_status', 'Progress of one order', { order_id: orderId }, ['order_id']),
  tool('get_render_stats', 'Figures of renders', {
    period: {
      type: 'string',
      enum: ['today', 'yesterday', 'this_week', 'last_week', 'this_month', 'last_month', 'all'],
    },
    since: text,
    until: text,
    group_by: { type: 'string', enum: ['none', 'day', 'status', 'reason', 'output_type'] },
  }),
  tool('check_materials', 'Unmapped materials of an order', { order_id: orderId }, ['order_id']),
  tool('query_database', 'Read-only SQL', { sql: text }, ['sql']),
  tool('list_output_types', 'Render recipes', {}),
  tool('list_materials', 'Render materials', { query: text }),
  tool('show_in_app', 'Opens a page of the window', {
    view: { type: 'string', enum: ['order', 'product', 'orders', 'products', 'settings'] },
    id: { type: ['string', 'null'] },
  }),
];

export const changingTools = [
  tool('create_order', 'Create and submit an order', {
    product_ids: { type: 'array', items: text },
    selection_id: text,
    output_type_name: text,
    render_overrides: overrides,
    material_override: text,
    dispatch: { type: 'boolean' },
  }),
  tool('dispatch_renders', 'Start a draft', { order_id: orderId }, ['order_id']),
  tool('set_material_override', 'Replace the materials', {
    order_id: orderId,
    material_name: { type: ['string', 'null'] },
  }),
  tool('set_render_overrides', 'Replace settings', { order_id: orderId, overrides }),
  tool('cancel_order', 'Cancel an order', { order_id: orderId }),
  tool('retry_failed_renders', 'Render the failed ones again', { order_id: orderId }),
  tool('combine_selections', 'Union, minus, intersect', { op: text, a: text, b: text }),
  tool('select_rendered', 'Products by how their renders went', { order_id: orderId, status: text, period: text }),
  tool('undo_action', 'Undo a change of this chat', { id: text }),
];

export const allTools = [...readingTools, ...changingTools];
