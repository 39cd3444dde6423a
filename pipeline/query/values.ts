import type { CustomTypesConfig } from 'pg';
import { types } from 'pg';

const { builtins } = types;

/** Numbers as JSON numbers where none of their digits is lost, otherwise as text. */
function toNumber(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !/^-?\d{16,}/.test(text)) ? value : text;
}

/** ISO text of UTC; what JavaScript has no date for (infinity, the year 294276) stays PostgreSQL's own text. */
function toInstant(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** Times stay the ISO text of UTC; what JSON can hold is parsed, everything else stays text. */
function parserOf(oid: number): (text: string) => unknown {
  switch (oid) {
    case builtins.INT2:
    case builtins.INT4:
    case builtins.INT8:
    case builtins.FLOAT4:
    case builtins.FLOAT8:
    case builtins.NUMERIC:
      return toNumber;
    case builtins.BOOL:
      return (text) => text === 't';
    case builtins.JSON:
    case builtins.JSONB:
      return (text) => JSON.parse(text) as unknown;
    case builtins.TIMESTAMPTZ:
      return toInstant;
    default:
      return (text) => text;
  }
}

/** How a query's values come out of the driver. */
export const QUERY_TYPES = { getTypeParser: parserOf } as unknown as CustomTypesConfig;

/** Name of a column's type for the reader of the answer. */
export function typeName(oid: number): string {
  const entry = Object.entries(builtins).find(([, value]) => value === oid);
  return entry === undefined ? 'text' : entry[0].toLowerCase();
}
