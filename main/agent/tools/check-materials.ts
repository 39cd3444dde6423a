import { z } from 'zod';
import { orderRef } from './order-ref.ts';
import { readTool } from './tool.ts';

export const checkMaterials = readTool({
  name: 'check_materials',
  description:
    'Checks which CAD materials of an order have no render material (unmapped); these block a good render. ' +
    'Gives {order_number, products, products_with_unmapped, material_override, unmapped: [{cad_material, product_count}]}.',
  args: z.object({ order_id: orderRef }).strict(),
  run: ({ order_id }, { pipeline, signal }) => pipeline.read.materialsCheck(order_id, signal),
});
