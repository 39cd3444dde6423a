import { z } from 'zod';

/** Format of the archive; a reader refuses a newer one. */
export const FORMAT = 1;

const tableSchema = z.object({
  schema: z.string().regex(/^rd(_\w+)?$/),
  name: z.string().min(1),
  columns: z.array(z.string().min(1)).min(1),
});

/** A table whose rows are in a backup. */
export type TableSpec = z.infer<typeof tableSchema>;

/** First entry of a backup: what it is of. */
export const manifestSchema = z.object({
  format: z.number().int(),
  program: z.string(),
  created_at: z.iso.datetime(),
  /** PostgreSQL's version, `server_version_num`. */
  postgres: z.number().int(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  /** In the order in which they can be filled: what is referred to comes first. */
  tables: z.array(tableSchema),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), value: z.string().regex(/^\d+$/) })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Last entry of a backup: what must have come before it. */
export const endSchema = z.object({
  /** SHA-256 of every entry before this one: names, lengths and bytes. */
  digest: z.string(),
  tables: z.record(z.string(), z.object({ rows: z.number().int(), sha256: z.string() })),
  images: z.object({ count: z.number().int(), bytes: z.number(), lost: z.number().int() }),
});
export type End = z.infer<typeof endSchema>;

export const MANIFEST = 'manifest.json';
export const END = 'end.json';
export const TABLES = 'tables/';
export const IMAGES = 'images/';

/** `rd.orders` */
export function tableName({ schema, name }: Pick<TableSpec, 'schema' | 'name'>): string {
  return `${schema}.${name}`;
}
