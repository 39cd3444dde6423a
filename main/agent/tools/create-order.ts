import { z } from 'zod';
import { changes } from '../../pipeline/index.ts';
import { orderView } from './order-view.ts';
import { givenOverrides, overridesArgument } from './render-overrides.ts';
import { changeTool } from './tool.ts';

export const createOrder = changeTool({
  name: 'create_order',
  description:
    'Creates a render order and submits it. Give either selection_id (of search_products or a dropped product list; ' +
    'preferred) or product_ids, never both. output_type_name is a name of list_output_types; use the default one where ' +
    'the user named none. render_overrides changes single settings like format, width, height for this order. dispatch=false ' +
    'leaves a draft that is not rendered yet. The user approves the effect before it runs. Gives {order}; ' +
    '{rejected, reason} where the user said no: then do not try again unasked. edited=true: the user changed the arguments first.',
  args: z
    .object({
      product_ids: z.array(z.uuid()).min(1).max(1000).nullish(),
      selection_id: z.string().min(1).max(64).nullish(),
      output_type_name: z.string().min(1).max(200),
      render_overrides: overridesArgument.nullish(),
      material_override: z.string().min(1).max(200).nullish(),
      dispatch: z.boolean().nullish().describe('true unless a draft is wanted'),
    })
    .strict()
    .refine((args) => Boolean(args.product_ids) !== Boolean(args.selection_id), {
      message: 'give either selection_id or product_ids',
      path: ['selection_id'],
    }),
  change: (args) =>
    changes.createOrder({
      ...(args.product_ids ? { product_ids: args.product_ids } : {}),
      ...(args.selection_id ? { selection_id: args.selection_id } : {}),
      output_type_name: args.output_type_name,
      ...(args.render_overrides ? { render_overrides: givenOverrides(args.render_overrides) } : {}),
      ...(args.material_override ? { material_override: args.material_override } : {}),
      dispatch: args.dispatch ?? true,
    }),
  tell: (order) => ({ order: orderView(order) }),
});
