import { count, table } from '../answers/markdown.ts';
import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { numberOf } from '../wire/json.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const SHOWN = 20;

/** "SQL: select …": runs it as it stands. */
export const runSql: Rule = {
  name: 'run-sql',
  respond: (ask) => {
    const { sql } = ask.slots;
    if (sql === undefined) return undefined;
    if (!ask.tools.has('query_database')) return notOffered(ask, 'query_database');
    const done = lastOutcome(ask, 'query_database');
    return done === undefined ? call(ask.tools.call('query_database', { sql })) : say(rowsAnswer(ask, done));
  },
};

function rowsAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const { columns, rows: allRows, truncated } = outcome.value;
  const head = Array.isArray(columns) ? columns.map(String) : [];
  const rows = (Array.isArray(allRows) ? allRows : []).filter((row) => Array.isArray(row));
  const total = numberOf(outcome.value.row_count) ?? rows.length;
  if (rows.length === 0) return pick(ask, 'The query gave no rows.', 'Die Abfrage ergab keine Zeilen.');
  const shown = rows.slice(0, SHOWN);
  const amount = count(total, ask.language);
  const cut = truncated === true ? pick(ask, ' (cut off by the limit)', ' (durch das Limit abgeschnitten)') : '';
  const part =
    shown.length < total
      ? pick(ask, `; the first ${String(shown.length)}:`, `; die ersten ${String(shown.length)}:`)
      : ':';
  const rowWord = total === 1 ? pick(ask, 'row', 'Zeile') : pick(ask, 'rows', 'Zeilen');
  return `${amount} ${rowWord}${cut}${part}\n\n${table(head, shown)}`;
}
