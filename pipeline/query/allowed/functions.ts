import { words } from './words.ts';

/**
 * Functions without side effects, without catalogs, without SQL inside strings, without ways to wait. Everything not
 * named here is refused: a list of what is allowed stays safe when PostgreSQL learns something new.
 */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = words(`
  count sum avg min max bool_and bool_or every bit_and bit_or bit_xor array_agg string_agg json_agg jsonb_agg
  json_object_agg jsonb_object_agg stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp
  percentile_cont percentile_disc mode any_value regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy
  regr_sxx regr_syy regr_sxy

  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value

  abs ceil ceiling floor round trunc mod power sqrt exp ln log log10 sign greatest least width_bucket div cbrt degrees
  radians pi gcd lcm scale min_scale trim_scale random sin cos tan cot asin acos atan atan2

  length char_length character_length octet_length bit_length lower upper initcap trim btrim ltrim rtrim substr
  substring left right position strpos split_part replace translate reverse concat concat_ws starts_with regexp_replace
  regexp_match regexp_matches regexp_count regexp_like regexp_substr regexp_instr regexp_split_to_array
  regexp_split_to_table similar_to_escape similar_escape like_escape to_char to_number to_date to_timestamp to_hex
  ascii chr md5 format string_to_array string_to_table array_to_string overlay unistr normalize is_normalized
  quote_literal quote_nullable quote_ident nullif coalesce num_nulls num_nonnulls lpad rpad repeat

  now date_trunc date_part extract age make_date make_time make_interval make_timestamp make_timestamptz timezone
  date_bin justify_days justify_hours justify_interval isfinite transaction_timestamp statement_timestamp
  clock_timestamp date date_add date_subtract overlaps

  json_array_length jsonb_array_length json_array_elements jsonb_array_elements json_array_elements_text
  jsonb_array_elements_text json_each jsonb_each json_each_text jsonb_each_text json_object_keys jsonb_object_keys
  json_extract_path jsonb_extract_path json_extract_path_text jsonb_extract_path_text json_typeof jsonb_typeof
  json_build_object jsonb_build_object json_build_array jsonb_build_array json_object jsonb_object to_json to_jsonb
  row_to_json jsonb_set jsonb_insert jsonb_pretty json_strip_nulls jsonb_strip_nulls json_to_record jsonb_to_record
  json_to_recordset jsonb_to_recordset

  array_length array_ndims cardinality unnest array_position array_positions array_append array_prepend array_cat
  array_remove array_replace array_upper array_lower generate_series generate_subscripts
`);
