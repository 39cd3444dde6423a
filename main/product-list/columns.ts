import type { Rows } from './read-rows.ts';

/** A column that may hold the references. */
export interface Column {
  /** null for a file without a header. */
  header: string | null;
  /** Its cells below the header, empty ones left out. */
  values: string[];
}

/** Names of a column of references, the surest first. */
const NAMES = [
  /^pim[\s_-]?(id|nr|nummer|no|number)?\.?$/i,
  /^(art(ikel|icle)?)[\s._-]*(nr|nummer|no|number|id)\.?$/i,
  /^(sku|mpn|ean|gtin)$/i,
  /^(produkt|product|teile?|part|item|material)[\s._-]*(nr|nummer|no|number|id|code)\.?$/i,
  /^(bezeichnung|designation|kurzbezeichnung|typ(enbezeichnung)?|type)$/i,
  /^(referenz|reference|ref)\.?$/i,
  /^(artikel|article|produkt|product|item|part|name|produktname|product[\s_-]?name)$/i,
];
const MAX_COLUMNS = 12;

/** The columns that may hold the references: the one that a header names, else all. */
export function candidateColumns(rows: Rows): Column[] {
  const [head = []] = rows;
  const named = namedColumn(head);
  if (named !== undefined) return [columnAt(rows.slice(1), named, head[named] ?? null)];
  const width = Math.min(MAX_COLUMNS, Math.max(0, ...rows.slice(0, 100).map((row) => row.length)));
  return Array.from({ length: width }, (_unused, at) => columnAt(rows, at, null)).filter(
    (column) => column.values.length > 0,
  );
}

function namedColumn(head: readonly string[]): number | undefined {
  for (const name of NAMES) {
    const at = head.findIndex((cell) => name.test(cell.trim()));
    if (at >= 0) return at;
  }
  return undefined;
}

function columnAt(rows: Rows, at: number, header: string | null): Column {
  const values = rows.map((row) => (row[at] ?? '').slice(0, 300)).filter((value) => value !== '');
  return { header, values };
}
