import type { Random } from '../random.ts';

/** As much of a JSON schema (OpenAPI 3.1) as the generator reads; what it does not know it treats as "anything". */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
}

/** Text that has broken servers before: quoting, encodings, directions, lengths, paths. */
export const hostileText: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  "' OR 1=1; --",
  '%00%ff',
  '../../etc/passwd',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '\u202Ereversed',
  '\uD800',
  'ß'.repeat(300),
  'x'.repeat(20_000),
  '%',
  '_',
  '\\',
  '-1',
  '1e309',
  'NaN',
  'null',
  '9999999999999999999999',
  '2026-02-31T25:61:00Z',
  '(((((((((',
  'a & | ! <->:*',
];

/** Values of no type that a field asks for. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[[[[[]]]]]],
  { $ne: null },
  JSON.parse('{"__proto__":{"admin":true}}'),
  ...hostileText,
];

export interface Values {
  readonly random: Random;
  /** Real ids and names seen in answers, by the field they stood in. */
  readonly known: (field: string) => readonly string[];
  /** How likely a value is not what the schema asks for, 0 to 1. */
  readonly hostility: number;
}

/** A value for a schema: mostly a valid one, at times an edge or something the field never asked for. */
export function valueFor(schema: Schema, field: string, values: Values): unknown {
  const { random, hostility } = values;
  if (random.chance(hostility)) return random.pick(hostileValues);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return valueFor(random.pick(choices), field, values);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => valueFor(part, field, values))) as unknown;
  }
  const type = typeof schema.type === 'string' ? schema.type : random.pick(schema.type ?? ['string']);
  return typedValue(type, schema, field, values);
}

function typedValue(type: string, schema: Schema, field: string, values: Values): unknown {
  const { random } = values;
  if (type === 'null') return null;
  if (type === 'boolean') return random.chance(0.5);
  if (type === 'integer' || type === 'number') return numberFor(schema, values);
  if (type === 'array') {
    const length = (schema.minItems ?? 0) + random.int(4);
    return Array.from({ length }, () => valueFor(schema.items ?? {}, field, values));
  }
  if (type === 'object') return objectFor(schema, values);
  return textFor(schema, field, values);
}

function numberFor(schema: Schema, { random }: Values): number {
  const low = schema.minimum ?? 0;
  const high = schema.maximum ?? low + 1000;
  if (random.chance(0.2)) return random.pick([low, high]);
  return low + random.int(Math.min(high - low, 1_000_000) + 1);
}

function objectFor(schema: Schema, values: Values): unknown {
  const entries = Object.entries(schema.properties ?? {})
    .filter(([name]) => (schema.required ?? []).includes(name) || values.random.chance(0.5))
    .map(([name, part]) => [name, valueFor(part, name, values)] as const);
  if (values.random.chance(values.hostility)) entries.push([values.random.pick(['extra', '__proto__x', '']), 1]);
  return Object.fromEntries(entries);
}

function textFor(schema: Schema, field: string, { random, known }: Values): string {
  const seen = known(field);
  if (seen.length > 0 && random.chance(0.8)) return random.pick(seen);
  if (schema.format === 'uuid') return random.uuid();
  if (schema.format === 'date-time') return new Date(Date.UTC(2026, random.int(12), 1 + random.int(28))).toISOString();
  if (schema.format === 'email') return 'nobody@example.com';
  if (schema.format === 'uri') return 'https://example.com/';
  if (random.chance(0.1)) return 'x'.repeat(Math.min(schema.maxLength ?? 50, 2000));
  const words = ['Kugellager', 'KL-6205', 'kugel', '6205-2RSR', 'WebP', 'Steel-Bare', 'this_week', 'last', 'a'];
  return random
    .pick(words)
    .slice(0, schema.maxLength ?? 100)
    .padEnd(schema.minLength ?? 0, 'x');
}
