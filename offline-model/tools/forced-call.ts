import type { Ask } from '../conversation/ask.ts';
import { statusIn } from '../extract/statuses.ts';
import type { JsonObject } from '../wire/json.ts';
import type { Step } from '../wire/types.ts';

/**
 * A call that the request demands although no rule asks for it: of the named tool, else of a reading one, with whatever the
 * sentence says that its parameters have a place for.
 */
export function forcedCall(ask: Ask, name: string | undefined): Step {
  const { tools } = ask;
  const tool = name ?? tools.names.find((offered) => /^(?:list|get|search)_/.test(offered)) ?? tools.names[0];
  if (tool === undefined) return { kind: 'say', text: '' };
  return { kind: 'call', calls: [tools.call(tool, knownArguments(ask))] };
}

function knownArguments(ask: Ask): JsonObject {
  const { slots, open, memory } = ask;
  const product = slots.products[0];
  const known: JsonObject = {
    order_id: slots.orders[0] ?? open.order ?? memory.order,
    selection_id: slots.selections[0] ?? open.selection ?? memory.selection,
    category: product?.category,
    query: product?.query,
    limit: slots.limit,
    status: statusIn(ask.folded),
    period: slots.time.period,
    since: slots.time.since,
    group_by: slots.groupBy,
    sql: slots.sql,
    material_name: slots.material,
    output_type_name: slots.outputType,
    overrides: Object.keys(slots.image).length > 0 ? slots.image : undefined,
    render_overrides: Object.keys(slots.image).length > 0 ? slots.image : undefined,
  };
  return known;
}
