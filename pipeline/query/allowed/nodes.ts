import { words } from './words.ts';

/** Nodes of PostgreSQL's parse tree that a SELECT is made of; no statement but SelectStmt is among them. */
export const ALLOWED_NODES: ReadonlySet<string> = words(`
  SelectStmt ResTarget ColumnRef A_Star A_Const A_Expr A_ArrayExpr A_Indirection A_Indices Alias BoolExpr BooleanTest
  CaseExpr CaseWhen CoalesceExpr CollateClause CommonTableExpr FuncCall GroupingFunc GroupingSet JoinExpr List
  MinMaxExpr NamedArgExpr NullTest RangeFunction RangeSubselect RangeVar RowExpr SortBy SQLValueFunction String SubLink
  TypeCast TypeName Integer Float Boolean WindowDef WithClause ColumnDef
`);

/** Values that are written like columns. The others of their kind (`current_user`, …) tell about the connection. */
export const ALLOWED_TIME_VALUES: ReadonlySet<string> = words(`
  SVFOP_CURRENT_DATE SVFOP_CURRENT_TIME SVFOP_CURRENT_TIME_N SVFOP_CURRENT_TIMESTAMP SVFOP_CURRENT_TIMESTAMP_N
  SVFOP_LOCALTIME SVFOP_LOCALTIME_N SVFOP_LOCALTIMESTAMP SVFOP_LOCALTIMESTAMP_N
`);
