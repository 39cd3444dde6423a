import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { readTool } from './tool.ts';

export const listOutputTypes = readTool({
  name: 'list_output_types',
  description:
    'Lists the output types (render recipes) an order can use. Use it before create_order where the user named none or an ' +
    'unknown one. Gives {output_types: [{name, description, is_default, format, width, height}]}.',
  args: z.object({}).strict(),
  run: async (_args, { pipeline, signal }) => {
    const types = await pipeline.read.outputTypes(signal);
    if (!types.ok) return types;
    const output_types = types.value.map(({ name, description, is_default, settings }) => {
      return { name, description, is_default, format: settings.format, width: settings.width, height: settings.height };
    });
    return ok({ output_types });
  },
});
