import { z } from 'zod';
import { nameSchema } from './tenant.ts';

export const IMAGE_FORMATS = ['webp', 'png', 'jpeg', 'avif'] as const;
export const imageFormatSchema = z.enum(IMAGE_FORMATS);
export type ImageFormat = z.infer<typeof imageFormatSchema>;

export const CAMERAS = ['three_quarter', 'front', 'section'] as const;
export const cameraSchema = z.enum(CAMERAS);
/** From where the part is seen. */
export type Camera = z.infer<typeof cameraSchema>;

/** `transparent` or a colour `#rrggbb`. JPEG has no transparency and gets white instead. */
export const backgroundSchema = z.string().regex(/^(transparent|#[0-9a-fA-F]{6})$/, 'must be transparent or #rrggbb');

const pixels = z.number().int().min(16).max(8192);

export const renderSettingsSchema = z.object({
  format: imageFormatSchema,
  /** Pixels. */
  width: pixels,
  height: pixels,
  /** 1-100, for the lossy formats. */
  quality: z.number().int().min(1).max(100),
  background: backgroundSchema,
  /** Samples per pixel of a path tracer; the built-in renderer supersamples with it. */
  samples: z.number().int().min(1).max(4096),
  camera: cameraSchema,
});
/** Everything that decides how an image of a product is made. */
export type RenderSettings = z.infer<typeof renderSettingsSchema>;

export const renderOverridesSchema = renderSettingsSchema.partial().strict();
/** Replaces settings of the output type for a whole order. */
export type RenderOverrides = z.infer<typeof renderOverridesSchema>;

export const outputTypeSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  is_default: z.boolean(),
  settings: renderSettingsSchema,
});
/** A named render recipe. */
export type OutputType = z.infer<typeof outputTypeSchema>;

/** An output type as it is put: what it is from now on. Its name is that of the address unless another is given. */
export const outputTypeWriteSchema = z.strictObject({
  name: nameSchema.optional(),
  description: z.string().max(500).default(''),
  settings: renderSettingsSchema.strict(),
  /** true makes it the default in the place of another; left out, it stays as it is. */
  is_default: z.boolean().optional(),
});
export type OutputTypeWrite = z.output<typeof outputTypeWriteSchema>;
