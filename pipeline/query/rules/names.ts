import {
  ALLOWED_FUNCTIONS,
  ALLOWED_OPERATORS,
  ALLOWED_TYPES,
  ALLOWED_VIEWS,
  SYSTEM_SCHEMA,
  VIEW_SCHEMA,
} from '../allowed/index.ts';
import { refusal, type Node, type Refusal } from './refusal.ts';
import { nameParts } from './tree.ts';

/** What to write instead of a function that isn't there. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['pg_sleep', 'A query cannot wait.'],
  ['set_config', 'Settings cannot be changed.'],
  ['current_setting', 'Settings cannot be read; the time zone is in the view company.'],
  ['jsonb_path_query', 'Use ->, ->>, #>> or jsonb_array_elements.'],
  ['jsonb_path_exists', 'Use @>, ->> or jsonb_array_elements.'],
  ['xmlagg', 'Use json_agg.'],
  ['array_fill', 'Use array_agg over generate_series.'],
  ['to_tsvector', 'Use ILIKE or a pattern with ~*.'],
  ['similarity', 'Use ILIKE or a pattern with ~*.'],
  ['pg_typeof', 'The answer names the type of every column.'],
  ['gen_random_uuid', 'Use row_number() to number rows.'],
]);

/** A table: a documented view, or a name of this query's WITH list. Null where it is fine. */
export function refuseRelation(node: Node, withNames: ReadonlySet<string>): Refusal | null {
  const schema = node['schemaname'];
  const name = String(node['relname']);
  if (node['catalogname'] === undefined) {
    if (schema === undefined && withNames.has(name)) return null;
    if ((schema === undefined || schema === VIEW_SCHEMA) && ALLOWED_VIEWS.has(name)) return null;
  }
  const written = schema === undefined ? name : `${String(schema)}.${name}`;
  return refusal('documented_views', `There is no view ${clip(written)}. Use ${[...ALLOWED_VIEWS].join(', ')}.`);
}

/** PostgreSQL's own tables begin with pg_, so no name of a WITH list may stand in for one. */
export function refuseWithName(name: string): Refusal | null {
  if (!name.toLowerCase().startsWith('pg_')) return null;
  return refusal('documented_views', `A name in WITH may not begin with pg_. Rename ${clip(name)}.`);
}

export function refuseFunction(node: Node): Refusal | null {
  const parts = nameParts(node['funcname']);
  const name = systemName(parts);
  if (name !== null && ALLOWED_FUNCTIONS.has(name)) return null;
  const instead = INSTEAD.get(name ?? '') ?? 'Use the usual aggregate, window, text, date, JSON and number functions.';
  return refusal('allowed_functions', `The function ${clip(parts.join('.'))} is not allowed in queries. ${instead}`);
}

export function refuseType(node: Node): Refusal | null {
  const parts = nameParts(node['names']);
  const name = systemName(parts);
  if (name !== null && ALLOWED_TYPES.has(name) && node['pct_type'] !== true && node['setof'] !== true) return null;
  return refusal(
    'allowed_types',
    `The type ${clip(parts.join('.'))} is not allowed in queries. Cast to text, integer, numeric, boolean, date, ` +
      'timestamptz, interval, uuid, jsonb or an array of these.',
  );
}

/** The operator of an expression or of ORDER BY … USING. IN, BETWEEN and their like write an operator's symbol as well. */
export function refuseOperator(parts: unknown): Refusal | null {
  const names = nameParts(parts);
  if (names.length === 0) return null;
  const symbol = systemName(names);
  if (symbol !== null && (ALLOWED_OPERATORS.has(symbol) || /^(NOT )?BETWEEN( SYMMETRIC)?$/.test(symbol))) return null;
  return refusal(
    'allowed_operators',
    `The operator ${clip(names.join('.'))} is not allowed in queries. Use comparison, arithmetic, ||, LIKE, ~ and the ` +
      'JSON operators ->, ->>, #>>, @> and ?.',
  );
}

/** The last part of a name, if it stands alone or in pg_catalog; null for any other schema. */
function systemName(parts: readonly string[]): string | null {
  if (parts.length === 1) return parts[0] ?? null;
  if (parts.length === 2 && parts[0] === SYSTEM_SCHEMA) return parts[1] ?? null;
  return null;
}

/** A name of thousands of characters is not repeated. */
function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
