import { z } from 'zod';

type Schema = Record<string, unknown>;

/** Keywords of zod that a strict schema may not hold. What they demand is still checked when the arguments come. */
const UNSUPPORTED = new Set([
  '$schema',
  'default',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'propertyNames',
]);

/**
 * The JSON schema of a tool's arguments in the strict form: every property required, none beyond them, optional ones
 * nullable, and none of the keywords that strict mode refuses.
 */
export function strictSchema(args: z.ZodType): Schema {
  return strict(z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' })) as Schema;
}

function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const schema: Schema = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (UNSUPPORTED.has(keyword)) continue;
    // Below `properties` the keys are names, not keywords.
    schema[keyword] = keyword === 'properties' ? eachProperty(value) : strict(value);
  }
  const properties = schema['properties'];
  if (typeof properties === 'object' && properties !== null) {
    schema['required'] = Object.keys(properties);
    schema['additionalProperties'] = false;
  }
  return schema;
}

function eachProperty(properties: unknown): Schema {
  return Object.fromEntries(Object.entries(properties as Schema).map(([name, value]) => [name, strict(value)]));
}
