import { hasSqlDetails, parse } from 'libpg-query';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import {
  ALLOWED_FUNCTIONS,
  ALLOWED_NODES,
  ALLOWED_TYPES,
  ALLOWED_VIEWS,
  SYSTEM_SCHEMA,
  VIEW_SCHEMA,
} from './allowed.ts';

/** Deeper trees than an analyst writes are refused before they are walked to the end. */
const MAX_DEPTH = 200;

type Node = Record<string, unknown>;

/**
 * Is this one SELECT over the documented views, of allowed nodes, functions and types only? Parsed by PostgreSQL's own
 * parser. A refusal says which rule it broke and what to write instead. This is the first net; the query role's
 * grants and policies hold without it.
 */
export async function checkQuery(sql: string): Promise<Result<true>> {
  let statements: { stmt?: Node }[];
  try {
    const tree = (await parse(sql)) as { stmts?: { stmt?: Node }[] };
    statements = tree.stmts ?? [];
  } catch (error) {
    return fail('query_failed', hasSqlDetails(error) ? error.message : 'The query cannot be parsed.');
  }
  if (statements.length !== 1) return fail('query_refused', 'Send exactly one SELECT statement.');
  const statement = statements[0]?.stmt ?? {};
  if (!('SelectStmt' in statement))
    return fail('query_refused', 'Only SELECT is allowed; nothing can be changed here.');
  const names = new Set<string>();
  collectCteNames(statement, names);
  const refusal = findRefusal(statement, { names, depth: 0 });
  return refusal === null ? ok(true) : fail('query_refused', refusal);
}

interface Scope {
  /** Names of common table expressions. */
  names: ReadonlySet<string>;
  depth: number;
}

function collectCteNames(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'ctename' && typeof child === 'string') names.add(child);
    else collectCteNames(child, names);
  }
}

/** Walks the tree; the first thing not allowed, in words, or null. */
function findRefusal(value: unknown, scope: Scope): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (scope.depth > MAX_DEPTH) return 'The query is nested too deeply.';
  for (const [key, child] of Object.entries(value)) {
    const refusal = refuseNode(key, child, scope) ?? findRefusal(child, { ...scope, depth: scope.depth + 1 });
    if (refusal !== null) return refusal;
  }
  return null;
}

/** A key that begins with a capital is a node's tag in libpg-query's JSON; others are fields. */
function refuseNode(tag: string, value: unknown, scope: Scope): string | null {
  if (tag === 'intoClause') return 'SELECT INTO is not allowed.';
  if (tag === 'lockingClause') return 'FOR UPDATE and FOR SHARE are not allowed.';
  if (tag === 'typeName') return refuseType(value as Node);
  if (!/^[A-Z]/.test(tag)) return null;
  if (!ALLOWED_NODES.has(tag)) return `${tag} is not allowed; write a plain SELECT.`;
  const node = value as Node;
  if (tag === 'RangeVar') return refuseRelation(node, scope.names);
  if (tag === 'FuncCall') return refuseFunction(node);
  if (tag === 'TypeName') return refuseType(node);
  if (tag === 'CommonTableExpr' && String(node['ctename']).toLowerCase().startsWith('pg_')) {
    return 'A WITH name may not begin with pg_.';
  }
  return null;
}

function refuseRelation(node: Node, names: ReadonlySet<string>): string | null {
  const schema = node['schemaname'];
  const name = String(node['relname']);
  if (node['catalogname'] === undefined) {
    if (schema === undefined && names.has(name)) return null;
    if ((schema === undefined || schema === VIEW_SCHEMA) && ALLOWED_VIEWS.has(name)) return null;
  }
  const written = schema === undefined ? name : `${String(schema)}.${name}`;
  return `There is no view ${written}. Use ${[...ALLOWED_VIEWS].join(', ')}.`;
}

function refuseFunction(node: Node): string | null {
  const name = qualifiedName(node['funcname']);
  if (name !== null && ALLOWED_FUNCTIONS.has(name)) return null;
  return `The function ${name ?? 'given'} is not allowed in queries.`;
}

function refuseType(node: Node): string | null {
  const name = qualifiedName(node['names']);
  if (name !== null && ALLOWED_TYPES.has(name)) return null;
  return `The type ${name ?? 'given'} is not allowed in queries.`;
}

/** The last part of a name, if it stands alone or in pg_catalog; null for any other schema. */
function qualifiedName(parts: unknown): string | null {
  if (!Array.isArray(parts)) return null;
  const texts = parts.map((part: { String?: { sval?: string } }) => part.String?.sval ?? '');
  if (texts.length === 1) return texts[0] ?? null;
  if (texts.length === 2 && texts[0] === SYSTEM_SCHEMA) return texts[1] ?? null;
  return null;
}
