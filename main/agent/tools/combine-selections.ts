import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { selectionOpSchema } from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import { readTool } from './tool.ts';

const selection = z.string().trim().min(1).max(64);

export const combineSelections = readTool({
  name: 'combine_selections',
  description:
    'Makes a new selection of two: union (in a or b), minus (in a, not in b), intersect (in both). Use it for "all ball bearings ' +
    'except the thrust ones", "those without the failed ones", or to narrow a dropped product list; a and b are selection ids. Gives {count, selection_id, label, products: the first few}.',
  args: z.object({ op: selectionOpSchema, a: selection, b: selection }).strict(),
  run: async ({ op, a, b }, { pipeline, signal }) => {
    const made = await pipeline.read.createSelection({ op, a, b }, randomUUID(), signal);
    if (!made.ok) return made;
    const { id, count, label, sample } = made.value;
    return ok({ count, selection_id: id, label, products: sample.slice(0, 5) });
  },
});
