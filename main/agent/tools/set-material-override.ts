import { z } from 'zod';
import { changes } from '../../pipeline/index.ts';
import { orderRef } from './order-ref.ts';
import { orderView } from './order-view.ts';
import { changeTool } from './tool.ts';

export const setMaterialOverride = changeTool({
  name: 'set_material_override',
  description:
    'Replaces all materials of a whole order with one render material; material_name null removes the override. ' +
    'Names are those of list_materials, like Steel-Bare. The user approves it first. ' +
    'Gives {order, previous}: previous is what stood there before. {rejected, reason} where the user said no.',
  args: z
    .object({
      order_id: orderRef,
      material_name: z.string().trim().min(1).max(200).nullable().describe('null removes the override'),
    })
    .strict(),
  change: ({ order_id, material_name }) => changes.setMaterialOverride(order_id, material_name),
  tell: ({ order, previous }) => ({ order: orderView(order), previous }),
});
