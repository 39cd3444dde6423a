/**
 * What a read-only query may contain. Everything not named here is refused: a list of what is allowed stays safe when
 * PostgreSQL learns something new.
 */

/** A list of names as a set. */
function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** The documented views of schema `rd_views` (migration 0003). */
export const ALLOWED_VIEWS: ReadonlySet<string> = new Set([
  'categories',
  'products',
  'materials',
  'material_mappings',
  'output_types',
  'orders',
  'order_lines',
  'renders',
]);

/** Nodes of PostgreSQL's parse tree that a SELECT is made of; no statement but SelectStmt is among them. */
export const ALLOWED_NODES: ReadonlySet<string> = words(`
  SelectStmt
  ResTarget
  ColumnRef
  A_Star
  A_Const
  A_Expr
  A_ArrayExpr
  A_Indirection
  A_Indices
  Alias
  BoolExpr
  BooleanTest
  CaseExpr
  CaseWhen
  CoalesceExpr
  CollateClause
  CommonTableExpr
  FuncCall
  GroupingFunc
  GroupingSet
  JoinExpr
  List
  MinMaxExpr
  NamedArgExpr
  NullTest
  RangeFunction
  RangeSubselect
  RangeVar
  RowExpr
  SortBy
  SQLValueFunction
  String
  SubLink
  TypeCast
  TypeName
  Integer
  Float
  Boolean
  WindowDef
  WithClause
`);

/** Types a value may be cast to. None of the reg… types: those look up the catalog. */
export const ALLOWED_TYPES: ReadonlySet<string> = words(`
  bool boolean int2 int4 int8 integer smallint bigint float4 float8 real numeric
  decimal text varchar bpchar char uuid date time timetz timestamp timestamptz
  interval json jsonb unknown
`);

/** Functions without side effects, without catalogs, without SQL inside strings, without ways to wait. */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = words(`
  count sum avg min max bool_and bool_or every array_agg string_agg json_agg
  jsonb_agg json_object_agg jsonb_object_agg stddev stddev_pop stddev_samp variance var_pop
  var_samp corr covar_pop covar_samp percentile_cont percentile_disc mode any_value
  regr_slope regr_intercept regr_r2
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value
  nth_value
  abs ceil ceiling floor round trunc mod power sqrt exp ln log sign greatest
  least width_bucket div cbrt degrees radians pi
  length char_length character_length lower upper initcap trim btrim ltrim rtrim substr
  substring left right position strpos split_part replace translate reverse concat
  concat_ws starts_with regexp_replace regexp_match regexp_matches regexp_count regexp_like
  regexp_substr to_char to_number to_date to_timestamp ascii chr md5 format like_escape
  string_to_array array_to_string overlay unistr octet_length quote_literal nullif coalesce
  now date_trunc date_part extract age make_date make_interval make_timestamp
  make_timestamptz timezone date_bin justify_days justify_hours justify_interval isfinite
  transaction_timestamp statement_timestamp date date_add date_subtract overlaps
  json_array_length jsonb_array_length json_array_elements jsonb_array_elements json_array_elements_text
  jsonb_array_elements_text json_each jsonb_each json_each_text jsonb_each_text json_object_keys
  jsonb_object_keys json_extract_path jsonb_extract_path json_extract_path_text jsonb_extract_path_text
  json_typeof jsonb_typeof json_build_object jsonb_build_object json_build_array jsonb_build_array
  to_json to_jsonb row_to_json jsonb_path_exists jsonb_path_query jsonb_path_query_first
  jsonb_path_query_array jsonb_pretty jsonb_strip_nulls array_length cardinality unnest
  array_position array_append array_cat array_remove array_upper array_lower
  generate_series
`);

/** Schemas under which PostgreSQL's parser itself writes functions and types (`date_part`, `timezone`, `int4`). */
export const SYSTEM_SCHEMA = 'pg_catalog';
export const VIEW_SCHEMA = 'rd_views';
