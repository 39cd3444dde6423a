import { azureError, stream, toolCall, type Answer } from '../wire.ts';

/** Where in a turn the fault happens: what the model answers before it, and how many changes that makes. */
export interface Stage {
  readonly what: string;
  readonly before: readonly Answer[];
  readonly changes: number;
}

const call = (id: string, name: string, args: object): Answer =>
  stream(...toolCall({ index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(args) } }));

/** The model's call that creates one draft. */
export function orderCall(order: object): { index: number; id: string; type: string; function: object } {
  return {
    index: 0,
    id: 'call_order',
    type: 'function',
    function: { name: 'create_order', arguments: JSON.stringify(order) },
  };
}

/** The stages of a turn, with and without tools, in the first round and between rounds. */
export function stagesOf(order: object): Stage[] {
  const read = call('call_read', 'list_orders', { limit: 1 });
  const change = call('call_order', 'create_order', order);
  const busy = azureError(429, '429', 'busy', { 'retry-after-ms': '20' });
  return [
    { what: 'at once', before: [], changes: 0 },
    { what: 'after a read', before: [read], changes: 0 },
    { what: 'after a change', before: [change], changes: 1 },
    { what: 'after a rate limit', before: [busy], changes: 0 },
    { what: 'after a change and a rate limit', before: [change, busy], changes: 1 },
    { what: 'after a read and a change', before: [read, change], changes: 1 },
  ];
}
