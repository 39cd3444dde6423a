import { type DatabaseError } from 'pg';
import { fail, type Failure, type Result } from '../../shared/errors/index.ts';

/** What stands before the query's own text when it runs; positions in PostgreSQL's errors count it. */
export const CURSOR_PREFIX = 'DECLARE answer NO SCROLL CURSOR FOR ';

/** Classes of SQLSTATE that are about the query itself: its words help whoever wrote it. */
const ABOUT_THE_QUERY = /^(0A|21|22|2F|34|38|39|42|44|54)/;

const TOO_BIG =
  'The query needs more memory than one query may have. Aggregate, filter by created_at, or select fewer columns and rows.';

/** Place of an error in the query, for the end of a sentence; nothing where it isn't known. Counts from 0. */
export function atCharacter(position: number | undefined): string {
  return position === undefined || position < 0 ? '' : ` at character ${position + 1}`;
}

/**
 * What PostgreSQL said, for the writer of the query: its own words where they are about the query, otherwise a sentence
 * of ours, since words about the server, roles or other sessions are nobody's business.
 */
export function explain(error: DatabaseError): Result<never> {
  const code = error.code ?? '';
  if (code === '57014') return fail('query_timeout');
  if (code === '53300') return fail('query_busy', undefined, busy());
  if (code.startsWith('53') || code === '54000') return fail('query_failed', TOO_BIG);
  if (code === '54001') return fail('query_failed', 'The query is too complex. Split it or simplify its expressions.');
  if (code === '42501')
    return fail('query_refused', 'Only the documented views can be read. GET /query/schema lists them.');
  if (/^(08|57|25P0[34])/.test(code)) return fail('unavailable', 'The query was ended by the server. Try again.');
  if (!ABOUT_THE_QUERY.test(code))
    return fail('query_failed', 'The query cannot be run like this. Write it differently.');
  const position = error.position === undefined ? -1 : Number(error.position) - 1 - CURSOR_PREFIX.length;
  const hint = error.hint === undefined ? '' : ` ${error.hint}`;
  return fail('query_failed', `${error.message}${atCharacter(position)}.${hint}`);
}

/** Told with query_busy: when to try again. */
export function busy(): Pick<Failure, 'details'> {
  return { details: { retry_after_s: 2 } };
}
