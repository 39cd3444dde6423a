import { z } from 'zod';
import { nameSchema } from './tenant.ts';

export const materialSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  /** Base colour `#rrggbb`. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  /** 0 dielectric to 1 metal. */
  metallic: z.number().min(0).max(1),
  /** 0 mirror to 1 matt. */
  roughness: z.number().min(0).max(1),
});
/** A render material of the tenant's library. */
export type Material = z.infer<typeof materialSchema>;

/** A material as it is put: what it is from now on. Its name is that of the address unless another is given. */
export const materialWriteSchema = materialSchema
  .omit({ id: true })
  .extend({ name: nameSchema.optional(), description: z.string().max(500).default('') })
  .strict();
export type MaterialWrite = z.output<typeof materialWriteSchema>;

/** What was taken away, and whether it is kept for what uses it. */
export const removedSchema = z.object({ name: z.string(), archived: z.boolean() });
export type Removed = z.infer<typeof removedSchema>;

export const materialMappingSchema = z.object({
  cad_material: z.string(),
  /** Name of the render material; null: unmapped. */
  material_name: z.string().nullable(),
  product_count: z.number().int().nonnegative(),
});
export type MaterialMapping = z.infer<typeof materialMappingSchema>;

export const materialMappingChangeSchema = z.object({
  cad_material: z.string().min(1).max(200),
  material_name: z.string().min(1).max(200).nullable(),
});

export const materialsCheckSchema = z.object({
  order_number: z.string(),
  products: z.number().int(),
  products_with_unmapped: z.number().int(),
  material_override: z.string().nullable(),
  unmapped: z.array(z.object({ cad_material: z.string(), product_count: z.number().int() })),
});
/** Which CAD material names of an order no mapping covers. */
export type MaterialsCheck = z.infer<typeof materialsCheckSchema>;
