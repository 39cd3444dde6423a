import { z } from 'zod';

export const PART_KINDS = [
  'deep_groove',
  'angular_contact',
  'self_aligning',
  'cylindrical_roller',
  'tapered_roller',
  'spherical_roller',
  'needle_roller',
  'thrust_ball',
  'thrust_roller',
  'insert',
  'housing',
] as const;
export const partKindSchema = z.enum(PART_KINDS);
/** The shape of a parametric part; decides how a renderer draws it. */
export type PartKind = z.infer<typeof partKindSchema>;

export const dimensionsSchema = z.object({
  /** Bore diameter d, mm. */
  d: z.number().positive(),
  /** Outside diameter D, mm. */
  D: z.number().positive(),
  /** Width B (thrust bearings: height H; tapered: total width T), mm. */
  B: z.number().positive(),
  /** Number of rows of rolling elements. */
  rows: z.number().int().min(1).max(4).default(1),
  /** Contact angle, degrees. */
  alpha: z.number().min(0).max(90).optional(),
  /** Smallest chamfer r, mm. */
  r: z.number().positive().optional(),
  /** Closures: none, shields (Z), seals (RS); on one side or both. */
  closure: z.enum(['open', 'shield', 'seal']).default('open'),
});
/** Boundary dimensions of a bearing, mm and degrees. */
export type Dimensions = z.infer<typeof dimensionsSchema>;

/** CAD material name per part of the product, e.g. `{inner_ring: "100Cr6", cage: "St-Blech"}`. */
export const cadMaterialsSchema = z.record(z.string(), z.string());

export const productSchema = z.object({
  id: z.uuid(),
  pim_id: z.string(),
  name: z.string(),
  designation: z.string(),
  category_id: z.uuid(),
  /** Names from the root of the tree down, `Kugellager > Rillenkugellager`. */
  category_path: z.array(z.string()),
  kind: partKindSchema,
  dimensions: dimensionsSchema,
  cad_materials: cadMaterialsSchema,
  /** CAD material names of this product that no mapping covers. */
  unmapped_materials: z.array(z.string()),
});
export type Product = z.infer<typeof productSchema>;

export const categorySchema = z.object({
  id: z.uuid(),
  parent_id: z.uuid().nullable(),
  name: z.string(),
  path: z.array(z.string()),
  /** Products in this category and all below it. */
  product_count: z.number().int().nonnegative(),
});
export type Category = z.infer<typeof categorySchema>;

/** A text of one line; PostgreSQL stores neither NUL nor half a surrogate pair. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Control}*$/u, 'no control characters')
    .refine((text) => text.isWellFormed(), 'no broken characters');
const millimetres = z.number().positive().max(100_000);

/** Most products of one import. */
export const MOST_IMPORTED = 100_000;

export const productImportSchema = z.strictObject({
  pim_id: line(100),
  name: line(300),
  designation: line(200),
  /** Names from the root of the tree down; made where it is not there. */
  category: z
    .array(line(100).regex(/^[^>]*$/, 'no ">"'))
    .min(1)
    .max(8),
  kind: partKindSchema,
  dimensions: z.strictObject({
    ...dimensionsSchema.shape,
    d: millimetres,
    D: millimetres,
    B: millimetres,
    r: millimetres.optional(),
  }),
  cad_materials: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,49}$/, 'a part such as inner_ring'), line(200))
    .refine((materials) => Object.keys(materials).length <= 20, 'at most 20 parts')
    .default({}),
});
/** A product as an import brings it, whole: what is left out has its default. */
export type ProductImport = z.output<typeof productImportSchema>;

/** JSON body of an import. */
export const productImportsSchema = z.array(productImportSchema).min(1).max(MOST_IMPORTED);

export const importQuerySchema = z.object({
  /** What to do where a row is not valid: `refuse` the whole import, or `skip` the row and take the others. */
  on_error: z.enum(['refuse', 'skip']).default('refuse'),
});

export const importAnswerSchema = z.object({
  rows: z.number().int(),
  new: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.number().int(),
  /** Categories that were made. */
  categories: z.number().int(),
  /** The first rows that were not taken: their number as a spreadsheet counts (in JSON from 1), column and reason. */
  rejections: z
    .array(z.object({ row: z.number().int(), pim_id: z.string().nullable(), column: z.string(), reason: z.string() }))
    .max(100),
});
/** What an import did. */
export type ImportAnswer = z.infer<typeof importAnswerSchema>;
export type Rejection = ImportAnswer['rejections'][number];

/** What is looked for among products. `category` is a name, a path joined by ` > `, or an id; it covers descendants. */
export const productFilterSchema = z.object({
  query: z.string().max(200).optional(),
  category: z.string().max(300).optional(),
});
export type ProductFilter = z.infer<typeof productFilterSchema>;

export const resolveRequestSchema = z.object({ references: z.array(z.string().max(300)).min(1).max(100_000) });

export const resolvedReferenceSchema = z.object({
  reference: z.string(),
  match: z.enum(['exact', 'likely', 'ambiguous', 'none']),
  product_id: z.uuid().nullable(),
  score: z.number().min(0).max(1).nullable(),
  candidates: z.array(z.object({ product_id: z.uuid(), pim_id: z.string(), name: z.string(), score: z.number() })),
});
/** What one reference of a product list turned out to be. */
export type ResolvedReference = z.infer<typeof resolvedReferenceSchema>;

export const resolveAnswerSchema = z.object({
  items: z.array(resolvedReferenceSchema),
  counts: z.object({
    exact: z.number().int(),
    likely: z.number().int(),
    ambiguous: z.number().int(),
    none: z.number().int(),
  }),
});
export type ResolveAnswer = z.infer<typeof resolveAnswerSchema>;
