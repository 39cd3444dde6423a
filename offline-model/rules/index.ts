import type { Ask } from '../conversation/ask.ts';
import type { Step } from '../wire/types.ts';
import { checkMaterials } from './check-materials.ts';
import { combineSelections } from './combine-selections.ts';
import { createOrder } from './create-order.ts';
import { dispatchOrder } from './dispatch-order.ts';
import { narrowList } from './narrow-list.ts';
import { oneThing } from './one-thing.ts';
import { listMaterials, listOutputTypes } from './list-library.ts';
import { listOrders } from './list-orders.ts';
import { cancelOrder, retryFailed } from './order-actions.ts';
import { orderStatus } from './order-status.ts';
import { renderStats } from './render-stats.ts';
import type { Rule } from './rule.ts';
import { runSql } from './run-sql.ts';
import { searchProducts } from './search-products.ts';
import { setOverrides } from './set-overrides.ts';
import { showInApp } from './show-in-app.ts';
import { introduce, thanks } from './small-talk.ts';
import { undoAction } from './undo-action.ts';

/** In this order; the first that knows the sentence answers. The narrower intents come before the wider ones. */
const RULES: readonly Rule[] = [
  runSql,
  thanks,
  undoAction,
  combineSelections,
  narrowList,
  oneThing,
  checkMaterials,
  renderStats,
  setOverrides,
  retryFailed,
  cancelOrder,
  createOrder,
  dispatchOrder,
  showInApp,
  orderStatus,
  listOutputTypes,
  listOrders,
  listMaterials,
  searchProducts,
];

/** The next step for a request: of the first rule that knows the sentence, else the introduction. */
export function applyRules(ask: Ask): Step {
  for (const rule of RULES) {
    const step = rule.respond(ask);
    if (step !== undefined) return step;
  }
  return introduce(ask);
}
