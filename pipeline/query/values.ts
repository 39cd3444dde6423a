import type { CustomTypesConfig } from 'pg';
import { types } from 'pg';

const { builtins } = types;

/** PostgreSQL's ids of array types, by the id of their elements. */
const ARRAYS: ReadonlyMap<number, number> = new Map([
  [1000, builtins.BOOL],
  [1005, builtins.INT2],
  [1007, builtins.INT4],
  [1016, builtins.INT8],
  [1021, builtins.FLOAT4],
  [1022, builtins.FLOAT8],
  [1231, builtins.NUMERIC],
  [1009, builtins.TEXT],
  [1014, builtins.BPCHAR],
  [1015, builtins.VARCHAR],
  [2951, builtins.UUID],
  [1182, builtins.DATE],
  [1115, builtins.TIMESTAMP],
  [1185, builtins.TIMESTAMPTZ],
  [1187, builtins.INTERVAL],
  [199, builtins.JSON],
  [3807, builtins.JSONB],
]);

/** How deep a JSON value may be to go out as JSON; a deeper one goes out as its text. */
const MAX_JSON_DEPTH = 200;

/** A number where none of its digits is lost, otherwise its text. */
function toNumber(text: string): number | string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const digits = text.replace(/e.*$/i, '').replaceAll(/[^\d]/g, '').replace(/^0+/, '');
  return digits.length <= 15 || Number.isSafeInteger(value) ? value : text;
}

/** Like toNumber, for float: its text is the shortest that gives the same number back. */
function toFloat(text: string): number | string {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
}

/** ISO text of UTC; what JavaScript has no date for (infinity, the year 294276, before Christ) stays PostgreSQL's own text. */
function toInstant(text: string): string {
  const [, day, time, offset] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d(?::\d\d)?)$/.exec(text) ?? [];
  if (day === undefined || time === undefined || offset === undefined) return text;
  const date = new Date(`${day}T${time}${offset.length === 3 ? `${offset}:00` : offset}`);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** The value, or its text where it is nested so deep that writing it out again could fail, or holds a number JSON has not. */
function toJson(text: string): unknown {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth > MAX_JSON_DEPTH) return text;
  }
  let exact = true;
  const value = JSON.parse(text, (_key, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) exact = false;
    return part;
  }) as unknown;
  return exact ? value : text;
}

const TEXT_ARRAY: number = 1009;

/** The driver's own reading of an array's text: elements as text, null where they are, arrays in arrays. */
const toTexts = types.getTypeParser(TEXT_ARRAY) as (text: string) => unknown;

function eachElement(value: unknown, parse: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((part) => eachElement(part, parse));
  return value === null ? null : parse(String(value));
}

/** Times come out as ISO text of UTC; what JSON can hold is parsed, everything else stays text. */
function parserOf(oid: number): (text: string) => unknown {
  const element = ARRAYS.get(oid);
  if (element !== undefined) return (text) => eachElement(toTexts(text), parserOf(element));
  switch (oid) {
    case builtins.INT2:
    case builtins.INT4:
    case builtins.INT8:
    case builtins.NUMERIC:
      return toNumber;
    case builtins.FLOAT4:
    case builtins.FLOAT8:
      return toFloat;
    case builtins.BOOL:
      return (text) => text === 't';
    case builtins.JSON:
    case builtins.JSONB:
      return toJson;
    case builtins.TIMESTAMPTZ:
      return toInstant;
    default:
      return (text) => text;
  }
}

/** How a query's values come out of the driver. */
export const QUERY_TYPES = { getTypeParser: parserOf } as unknown as CustomTypesConfig;

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(builtins).map(([name, oid]) => [oid, name.toLowerCase()]),
);

/** Name of a column's type for the reader of the answer. */
export function typeName(oid: number): string {
  const element = ARRAYS.get(oid);
  return element === undefined ? (NAMES.get(oid) ?? 'text') : `${typeName(element)}[]`;
}
