import { canAct, type Role } from '../../../shared/domain/index.ts';
import { cancelOrder } from './cancel-order.ts';
import { checkMaterials } from './check-materials.ts';
import { combineSelections } from './combine-selections.ts';
import { createOrder } from './create-order.ts';
import { dispatchRenders } from './dispatch-renders.ts';
import { getOrderStatus } from './get-order-status.ts';
import { getRenderStats } from './get-render-stats.ts';
import { listMaterials } from './list-materials.ts';
import { listOrders } from './list-orders.ts';
import { listOutputTypes } from './list-output-types.ts';
import { queryDatabase } from './query-database.ts';
import { retryFailedRenders } from './retry-failed-renders.ts';
import { searchProducts } from './search-products.ts';
import { selectRendered } from './select-rendered.ts';
import { setMaterialOverride } from './set-material-override.ts';
import { setRenderOverrides } from './set-render-overrides.ts';
import { showInApp } from './show-in-app.ts';
import type { Tool } from './tool.ts';
import { undoAction } from './undo-action.ts';

/** Every tool, in an order that never changes: providers cache a prompt by its beginning. */
export const TOOLS: readonly Tool[] = [
  listOrders,
  searchProducts,
  createOrder,
  dispatchRenders,
  getOrderStatus,
  setMaterialOverride,
  setRenderOverrides,
  getRenderStats,
  checkMaterials,
  queryDatabase,
  listOutputTypes,
  listMaterials,
  cancelOrder,
  retryFailedRenders,
  combineSelections,
  undoAction,
  showInApp,
  selectRendered,
];

/** The tools a role is offered: a viewer's model gets the reading ones only. */
export function toolsOf(role: Role): readonly Tool[] {
  return canAct(role) ? TOOLS : TOOLS.filter((tool) => tool.kind === 'read');
}

export type { Navigation, PreparedCall, Tool, ToolContext } from './tool.ts';
