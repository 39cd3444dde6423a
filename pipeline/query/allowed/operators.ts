import { words } from './words.ts';

/**
 * Operators by their symbol, in PostgreSQL's own schema only. Those of JSON paths (`@?`, `@@`) are left out: a path can
 * hold a quadratic search, which took 1.4 GB in 5 s.
 */
export const ALLOWED_OPERATORS: ReadonlySet<string> = words(`
  + - * / % ^ |/ ||/ @ & | # ~ << >>
  = <> != < > <= >=
  || ~~ !~~ ~~* !~~* ~* !~ !~* ^@
  -> ->> #> #>> @> <@ ? ?| ?& && #-
`);
