import { z } from 'zod';
import {
  cameraSchema,
  imageFormatSchema,
  renderSettingsSchema,
  type RenderOverrides,
} from '../../../shared/domain/index.ts';

const { width, height, quality, background, samples } = renderSettingsSchema.shape;

/** Render overrides as a model sends them: null stands for "as the output type has it". */
export const overridesArgument = z
  .object({
    format: imageFormatSchema.nullish(),
    width: width.nullish().describe('pixels'),
    height: height.nullish().describe('pixels'),
    quality: quality.nullish().describe('1-100, lossy formats only'),
    background: background.nullish().describe('transparent or #rrggbb'),
    samples: samples.nullish(),
    camera: cameraSchema.nullish(),
  })
  .strict();

/** The overrides that were given. */
export function givenOverrides(argument: z.output<typeof overridesArgument>): RenderOverrides {
  return Object.fromEntries(Object.entries(argument).filter(([, value]) => value !== null && value !== undefined));
}
