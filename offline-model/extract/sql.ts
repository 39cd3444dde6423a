import type { SpanReader } from './span-reader.ts';

const FENCED = /```(?:sql)?\s*\n?((?:select|with)\b[\s\S]*?)```/i;
const MARKED = /(?:\bsql\b[^:\n]{0,30}|\b(?:quer(?:y|ies)|abfrage)\b[^:\n]{0,30}):\s*((?:select|with)\b[\s\S]*)$/i;
const VERB = /\b(?:run|execute|query|f(?:ü|ue)hre|abfrage|sql)\b[^:\n]{0,40}?[\s:]((?:select|with)\b\s[\s\S]*)$/i;
const BARE = /^\s*((?:select\b[\s\S]*\bfrom\b|with\b[\s\S]*\bas\s*\()[\s\S]*)$/i;

/** Takes a SELECT that the sentence wants run: after "SQL:" or "run this query:", in a code fence, or alone. */
export function takeSql(reader: SpanReader): string | undefined {
  for (const pattern of [FENCED, MARKED, VERB, BARE]) {
    const sql = reader.take(pattern)?.[1]?.trim();
    if (sql !== undefined && sql !== '') return sql.replace(/\s+(?:aus|please|bitte)\s*[.!]?$/i, '');
  }
  return undefined;
}
