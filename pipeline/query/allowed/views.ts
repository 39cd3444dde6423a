import { words } from './words.ts';

/** Schema of the documented views (migrations 0003 and 0006); a test compares the list with the database. */
export const VIEW_SCHEMA = 'rd_views';

/** Under which PostgreSQL's parser itself writes functions and types (`date_part`, `timezone`, `int4`). */
export const SYSTEM_SCHEMA = 'pg_catalog';

export const ALLOWED_VIEWS: ReadonlySet<string> = words(`
  company categories products materials material_mappings output_types orders order_lines renders order_history
`);
