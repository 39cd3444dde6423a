import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { readTool } from './tool.ts';

const SHOWN = 100;

export const listMaterials = readTool({
  name: 'list_materials',
  description:
    'Lists the render materials of the library that a material override can name. query narrows by name or description. ' +
    'Gives {materials: [{name, description}]}.',
  args: z.object({ query: z.string().trim().max(200).nullish() }).strict(),
  run: async ({ query }, { pipeline, signal }) => {
    const all = await pipeline.read.materials(signal);
    if (!all.ok) return all;
    const wanted = (query ?? '').toLowerCase();
    const materials = all.value
      .filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(wanted))
      .slice(0, SHOWN)
      .map(({ name, description }) => ({ name, description }));
    return ok({ materials });
  },
});
