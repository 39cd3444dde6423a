import type { StoredMessage } from '../../../shared/domain/index.ts';
import { sampleCall, sampleMessage } from './sample-turn.ts';

/** Turns as an operator's day has them: a search, an order of what was found, an answer. */
export function workday(turns: number): StoredMessage[] {
  return Array.from({ length: turns }, (_, at) => {
    const question = sampleMessage({ content: `Render all bearings of series ${String(at)} as WebP at 1024x1024` });
    const search = sampleCall({
      tool: 'search_products',
      arguments: { category: 'Kugellager', query: String(at) },
      result: {
        count: 148,
        selection_id: `sel_${String(at)}`,
        label: `Kugellager: ${String(at)}`,
        products: Array.from({ length: 10 }, () => ({
          id: crypto.randomUUID(),
          pim_id: 'KL-6205-2RSR',
          name: 'Lager',
        })),
      },
    });
    const order = sampleCall({
      tool: 'create_order',
      step: 1,
      position: 1,
      arguments: { selection_id: `sel_${String(at)}`, output_type_name: 'Web' },
      result: {
        order: { id: crypto.randomUUID(), number: `SA-2026-${String(at).padStart(5, '0')}`, status: 'queued' },
      },
    });
    const answer = sampleMessage({ role: 'assistant', content: 'Done.', tool_calls: [search, order] });
    return [question, answer];
  }).flat();
}
