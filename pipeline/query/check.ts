import { hasSqlDetails, parse } from 'libpg-query';
import { MAX_SQL_BYTES } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { ALLOWED_NODES, ALLOWED_TIME_VALUES } from './allowed/index.ts';
import { atCharacter } from './explain.ts';
import {
  isTag,
  refusal,
  refuseAmounts,
  refuseFunction,
  refuseOperator,
  refuseRelation,
  refuseType,
  refuseWithName,
  visits,
  type Node,
  type Refusal,
} from './rules/index.ts';

/** Open brackets at once; a person writes a dozen. The parser itself is slow far beyond. */
const MAX_BRACKETS = 300;

/** How to say it instead of a node that is left out. */
const INSTEAD: Record<string, string> = {
  JsonFuncExpr: 'Use ->, ->> and #>> instead of JSON_VALUE, JSON_QUERY and JSON_EXISTS.',
  JsonTable: 'Use jsonb_array_elements and ->> instead of JSON_TABLE.',
  JsonIsPredicate: 'IS JSON is not needed: JSON columns hold JSON.',
  JsonObjectConstructor: 'Use jsonb_build_object.',
  JsonArrayConstructor: 'Use jsonb_build_array.',
  JsonObjectAgg: 'Use jsonb_object_agg.',
  JsonArrayAgg: 'Use jsonb_agg.',
  XmlExpr: 'Use JSON functions; XML cannot be made.',
  XmlSerialize: 'Use JSON functions; XML cannot be made.',
  RangeTableSample: 'Use ORDER BY random() LIMIT n instead of TABLESAMPLE.',
  RangeTableFunc: 'XMLTABLE cannot be used; columns are JSON or plain.',
  ParamRef: 'Write values into the query; there are no parameters.',
  CurrentOfExpr: 'There are no cursors.',
  SetToDefault: 'DEFAULT has no meaning in a SELECT.',
};

/**
 * Is this one SELECT over the documented views, of allowed nodes, functions, operators and types only, without what makes
 * values huge? Parsed by PostgreSQL's own parser. Fails with query_refused, naming the rule and what to write instead, or
 * with query_failed where it is no SQL. This is the first net; the query role's grants, policies and limits hold without it.
 */
export async function checkQuery(sql: string): Promise<Result<true>> {
  const refused = refuseText(sql);
  if (refused !== null) return refuse(refused);
  let statements: { stmt?: Node }[];
  try {
    const tree = (await parse(sql)) as { stmts?: { stmt?: Node }[] };
    statements = tree.stmts ?? [];
  } catch (error) {
    if (!hasSqlDetails(error)) return fail('query_failed', 'The query cannot be parsed. Write it more simply.');
    return fail('query_failed', `${error.message}${atCharacter(error.sqlDetails?.cursorPosition)}.`);
  }
  const refusedTree = refuseStatements(statements);
  return refusedTree === null ? ok(true) : refuse(refusedTree);
}

function refuse({ rule, message }: Refusal): Result<never> {
  return fail('query_refused', message, { details: { rule } });
}

/** What is wrong with the text itself. The parser ends at a NUL, so nothing behind one would be looked at. */
function refuseText(sql: string): Refusal | null {
  if (sql.includes('\0') || !sql.isWellFormed())
    return refusal('readable_text', 'The query holds a character that is none (NUL or half a pair). Leave it out.');
  if (Buffer.byteLength(sql) > MAX_SQL_BYTES)
    return refusal('readable_text', `The query has more than ${MAX_SQL_BYTES} bytes. Write it shorter.`);
  if (sql.trim() === '') return ONE_STATEMENT;
  let open = 0;
  for (const character of sql) {
    if (character === '(' || character === '[') open += 1;
    if (character === ')' || character === ']') open -= 1;
    if (open > MAX_BRACKETS) return TOO_DEEP;
  }
  return null;
}

const ONE_STATEMENT = refusal(
  'one_statement',
  'Send exactly one SELECT statement, without another behind a semicolon.',
);
const TOO_DEEP = refusal('nesting', 'The query is nested too deeply. Split it with WITH, or simplify its expressions.');

function refuseStatements(statements: readonly { stmt?: Node }[]): Refusal | null {
  if (statements.length !== 1) return ONE_STATEMENT;
  const statement = statements[0]?.stmt ?? {};
  if (!('SelectStmt' in statement))
    return refusal('select_only', 'Only SELECT is allowed; nothing can be changed here. Begin with SELECT or WITH.');
  const found = visits(statement);
  if (found === null) return TOO_DEEP;
  const names = new Set<string>();
  for (const { key, value } of found) if (key === 'CommonTableExpr') names.add(String(value['ctename']));
  for (const { key, value } of found) {
    const refused = refuseNode(key, value, names);
    if (refused !== null) return refused;
  }
  return refuseAmounts(found);
}

function refuseNode(key: string, node: Node, withNames: ReadonlySet<string>): Refusal | null {
  if (key === 'intoClause')
    return refusal('select_only', 'SELECT INTO makes a table; nothing can be changed here. Leave INTO out.');
  if (key === 'lockingClause')
    return refusal('no_locks', 'FOR UPDATE and FOR SHARE lock rows; leave them out, reading needs no lock.');
  if (key === 'typeName') return refuseType(node);
  if (key === 'useOp') return refuseOperator(node);
  if (!isTag(key)) return null;
  if (/Stmt$/.test(key) && key !== 'SelectStmt')
    return refusal('select_only', 'WITH may hold SELECT only; nothing can be changed here.');
  if (!ALLOWED_NODES.has(key))
    return refusal('plain_select', INSTEAD[key] ?? `${key} is not allowed here. Write a plain SELECT.`);
  switch (key) {
    case 'RangeVar':
      return refuseRelation(node, withNames);
    case 'FuncCall':
      return refuseFunction(node);
    case 'TypeName':
      return refuseType(node);
    case 'A_Expr':
      return refuseOperator(node['name']);
    case 'SubLink':
      return refuseOperator(node['operName']);
    case 'CommonTableExpr':
      return refuseWithName(String(node['ctename']));
    case 'SQLValueFunction':
      return ALLOWED_TIME_VALUES.has(String(node['op']))
        ? null
        : refusal('plain_select', 'Only current_date, current_time, current_timestamp and localtime can be asked for.');
    default:
      return null;
  }
}
