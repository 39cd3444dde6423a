import { z } from 'zod';
import { materialMappingChangeSchema, materialSchema } from './material.ts';
import { orderStatusSchema } from './order.ts';
import { outputTypeSchema, renderOverridesSchema } from './output-type.ts';
import { productSchema } from './product.ts';

/** A product as `resources/catalogue/products.json` and a product import hold it: no ids yet, the category as a path. */
export const catalogueProductSchema = productSchema
  .pick({ pim_id: true, name: true, designation: true, kind: true, dimensions: true, cad_materials: true })
  .extend({ category: z.array(z.string().min(1)).min(1).max(8) })
  .strict();
export type CatalogueProduct = z.infer<typeof catalogueProductSchema>;

/** `categories.json`: names from the root down, parents before children. */
export const catalogueCategorySchema = z
  .object({ path: z.array(z.string().min(1)).min(1).max(8), description: z.string() })
  .strict();
export type CatalogueCategory = z.infer<typeof catalogueCategorySchema>;

/** `materials.json`: a tenant's library of render materials. */
export const catalogueMaterialSchema = materialSchema.omit({ id: true }).strict();
export type CatalogueMaterial = z.infer<typeof catalogueMaterialSchema>;

/** `material-mappings.json`: CAD material name to render material, null where it is (still) unmapped. */
export const catalogueMappingSchema = materialMappingChangeSchema.strict();
export type CatalogueMapping = z.infer<typeof catalogueMappingSchema>;

/** `output-types.json`. Exactly one is the default. */
export const catalogueOutputTypeSchema = outputTypeSchema.omit({ id: true }).strict();
export type CatalogueOutputType = z.infer<typeof catalogueOutputTypeSchema>;

/**
 * Which products an order of the history is for: `also` by PIM-ID first, then those of the catalogue, in its order,
 * that lie in `category` (path joined by ` > `, with descendants) and whose PIM-ID starts with `pim_prefix`, the
 * first `skip` of them left out, until there are `count`.
 */
export const historySelectionSchema = z
  .object({
    category: z.string().optional(),
    pim_prefix: z.string().optional(),
    skip: z.number().int().min(0).default(0),
    count: z.number().int().positive(),
    also: z.array(z.string()).default([]),
  })
  .strict();
export type HistorySelection = z.infer<typeof historySelectionSchema>;

/** Renders of an order that failed: `pim_ids` says which, else they are the last `count` lines not failed otherwise. */
export const historyFailureSchema = z
  .object({
    /** What failures are grouped by. */
    reason: z.string().min(1).max(200),
    /** The sentence a person reads on the line. */
    error: z.string().min(1).max(500),
    count: z.number().int().positive(),
    pim_ids: z.array(z.string()).optional(),
  })
  .strict();
export type HistoryFailure = z.infer<typeof historyFailureSchema>;

const historyOrderFields = {
  number: z.string().regex(/^SA-\d{4}-\d{5}$/),
  status: orderStatusSchema.extract(['draft', 'done', 'done_with_failures', 'failed', 'cancelled']),
  output_type: z.string(),
  created_by: z.enum(['operator', 'admin']),
  products: historySelectionSchema,
  failures: z.array(historyFailureSchema).default([]),
  /** So many lines, the last ones, were cancelled before they were drawn. */
  cancelled: z.number().int().min(0).default(0),
  material_override: z.string().nullable().default(null),
  render_overrides: renderOverridesSchema.default({}),
};

/**
 * One order of the sample history, placed relative to now in the tenant's time zone. `this_week: true`: at the part
 * `week_part` (0 to 1) of the time from the start of the current ISO week to now, so it is in this week whatever the
 * day. `this_week: false`: `days_ago` days before today at `hour`:`minute`; seven or more, so never in this week.
 * Lines that neither failed nor were cancelled are done; a draft has no renders.
 */
export const historyOrderSchema = z.discriminatedUnion('this_week', [
  z.object({ ...historyOrderFields, this_week: z.literal(true), week_part: z.number().min(0).max(1) }).strict(),
  z
    .object({
      ...historyOrderFields,
      this_week: z.literal(false),
      days_ago: z.number().int().min(7).max(366),
      hour: z.number().int().min(0).max(23),
      minute: z.number().int().min(0).max(59),
    })
    .strict(),
]);
export type HistoryOrder = z.infer<typeof historyOrderSchema>;
/** An order as the file holds it, with what is usual left out. */
export type HistoryOrderInput = z.input<typeof historyOrderSchema>;

/** `history.json`: oldest order first, numbers ascending. */
export const historySchema = z.object({ orders: z.array(historyOrderSchema).min(1) }).strict();
export type History = z.infer<typeof historySchema>;

/**
 * `second-tenant.json`: a tenant that shares nothing with the first but the standards its parts follow. Its products are
 * those of the catalogue with these designations, as `<pim_prefix>-<designation>` ("/" as "-").
 */
export const secondTenantSchema = z
  .object({
    pim_prefix: z.string().regex(/^[A-Z]{2,6}$/),
    designations: z.array(z.string()).min(1),
    materials: z.array(catalogueMaterialSchema).min(1),
    material_mappings: z.array(catalogueMappingSchema),
    output_types: z.array(catalogueOutputTypeSchema).min(1),
  })
  .strict();
export type SecondTenant = z.infer<typeof secondTenantSchema>;

/** Every file of `resources/catalogue/`, by name, and what it must look like. */
export const CATALOGUE_FILES = {
  'products.json': z.array(catalogueProductSchema).min(1),
  'categories.json': z.array(catalogueCategorySchema).min(1),
  'materials.json': z.array(catalogueMaterialSchema).min(1),
  'material-mappings.json': z.array(catalogueMappingSchema),
  'output-types.json': z.array(catalogueOutputTypeSchema).min(1),
  'history.json': historySchema,
  'second-tenant.json': secondTenantSchema,
} as const;

/** The PIM-ID of a designation: `KL` and `618/5` make `KL-618-5`. */
export function pimIdOf(prefix: string, designation: string): string {
  return `${prefix}-${designation.replaceAll('/', '-')}`;
}

/** The products a history order is for, in line order; fewer than `count` where the catalogue has no more. */
export function pickHistoryProducts<P extends Pick<CatalogueProduct, 'pim_id' | 'category'>>(
  products: readonly P[],
  selection: HistorySelection,
): P[] {
  const { category, pim_prefix: prefix, skip, count, also } = selection;
  const named = products.filter((product) => also.includes(product.pim_id));
  const rest = products.filter((product) => {
    const path = product.category.join(' > ');
    const inCategory = category === undefined || path === category || path.startsWith(`${category} > `);
    return inCategory && product.pim_id.startsWith(prefix ?? '') && !also.includes(product.pim_id);
  });
  return [...named, ...rest.slice(skip)].slice(0, count);
}
