import { inWords } from '../../components/format.ts';
import { visible } from '../../components/visible-text.ts';

/** What a tool does, for a person. */
export const TOOL_NAMES: Record<string, string> = {
  list_orders: 'List orders',
  search_products: 'Search products',
  create_order: 'Create an order',
  dispatch_renders: 'Dispatch renders',
  get_order_status: 'Look at an order',
  set_material_override: 'Set a material override',
  set_render_overrides: 'Set render overrides',
  get_render_stats: 'Count renders',
  check_materials: 'Check materials',
  query_database: 'Query the database',
  list_output_types: 'List output types',
  list_materials: 'List materials',
  cancel_order: 'Cancel an order',
  retry_failed_renders: 'Retry failed renders',
  combine_selections: 'Combine selections',
  undo_action: 'Undo a change',
  show_in_app: 'Show it here',
  select_rendered: 'Select what was rendered',
};

export function toolName(tool: string): string {
  // A tool that there is not has the name a model made up.
  return (Object.hasOwn(TOOL_NAMES, tool) ? TOOL_NAMES[tool] : undefined) ?? visible(inWords(tool));
}
