/** The rules of a query, by a stable name. A refusal names its rule, so that a client can tell them apart. */
export type Rule =
  | 'readable_text'
  | 'one_statement'
  | 'select_only'
  | 'no_locks'
  | 'plain_select'
  | 'documented_views'
  | 'allowed_functions'
  | 'allowed_types'
  | 'allowed_operators'
  | 'nesting'
  | 'bounded_values'
  | 'bounded_numbers'
  | 'bounded_growth';

/** Why a query is not run: the rule it broke, and what to write instead. */
export interface Refusal {
  rule: Rule;
  message: string;
}

export function refusal(rule: Rule, message: string): Refusal {
  return { rule, message };
}

/** A node of the parse tree, or a part of one. */
export type Node = Record<string, unknown>;
