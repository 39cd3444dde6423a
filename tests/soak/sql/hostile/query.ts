/**
 * A query that tries to write, to leave the tenant, to run away, or to see the machinery. It has to be refused, unless it
 * is `legal`: then it may be answered, for it can only see the tenant's own rows. `slow` ones run into a limit and are left
 * out of a short sample.
 */
export interface HostileQuery {
  readonly aim: string;
  readonly sql: string;
  readonly legal: boolean;
  readonly slow: boolean;
}

type Written = readonly [aim: string, sql: string, marks?: 'legal' | 'slow' | 'legal slow'];

/** The queries of one file; `{other}` stands for the other tenant's id, `{role}` for its 32 digits in a role's name. */
export function hostile(...written: readonly Written[]): HostileQuery[] {
  return written.map(([aim, sql, marks = '']) => ({
    aim,
    sql,
    legal: marks.includes('legal'),
    slow: marks.includes('slow'),
  }));
}
