import { words } from './words.ts';

/** Types a value may be cast to. None of the reg… types: those look up the catalog. */
export const ALLOWED_TYPES: ReadonlySet<string> = words(`
  bool boolean int2 int4 int8 integer smallint bigint float4 float8 real numeric decimal text varchar bpchar char uuid
  date time timetz timestamp timestamptz interval json jsonb unknown
`);
