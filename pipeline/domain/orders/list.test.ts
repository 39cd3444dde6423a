import { expect, test } from 'vitest';
import { orderSchema, pageOf, type Order } from '../../../shared/domain/index.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });

async function found(text: string): Promise<Order[]> {
  const operator = await pipeline().as('operator@kugelwerk.example');
  const page = await operator.read(pageOf(orderSchema), `/orders?${new URLSearchParams({ text, limit: '200' })}`);
  expect(page.total).toBe(page.items.length);
  return page.items;
}

test('a text finds orders by a part of number, recipe, material or creator, in whatever case', async () => {
  const all = await found('');
  const having = (part: (order: Order) => string | null, text: string): string[] =>
    all.filter((order) => part(order)?.toLowerCase().includes(text) ?? false).map(({ number }) => number);
  const numbers = async (text: string): Promise<string[]> => (await found(text)).map(({ number }) => number);
  expect(await numbers('sa-2026-0016')).toEqual(having(({ number }) => number, 'sa-2026-0016'));
  expect(await numbers('PRINT cat')).toEqual(having((order) => order.output_type_name, 'print cat'));
  expect(await numbers('matthias')).toEqual(having((order) => order.created_by.name, 'matthias'));
  const [override] = all.flatMap((order) => order.material_override ?? []);
  expect(await numbers(override ?? '')).toEqual(
    having((order) => order.material_override, override?.toLowerCase() ?? ''),
  );
  for (const text of ['%', '_', 'Wurstbrot', "'", '\\']) expect(await numbers(text)).toEqual([]);
  // All numbers, a part of some, and what stands in several of the four.
  const parts = (order: Order): string[] =>
    [order.number, order.output_type_name, order.material_override ?? '', order.created_by.name].map((part) =>
      part.toLowerCase(),
    );
  for (const text of ['sa', 'S', '-', '--', '2026', '001', 'SA-2026-0', '4', 'a', 'er', 'ß', ' '])
    expect(await numbers(text)).toEqual(
      all
        .filter((order) => parts(order).some((part) => part.includes(text.trim().toLowerCase())))
        .map(({ number }) => number),
    );
});
