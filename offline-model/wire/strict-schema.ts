import { isObject, objectOr } from './json.ts';
import type { JsonObject } from './json.ts';

const UNSUPPORTED = [
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'contains',
  'patternProperties',
  'minProperties',
  'maxProperties',
];
const MAX_DEPTH = 5;
const MAX_PROPERTIES = 100;

/**
 * What Azure refuses in the parameters of a `strict: true` function, as its sentence; undefined where nothing.
 * Rules: every property required, no additional ones, no anyOf at the root, at most 5 levels and 100 properties.
 */
export function strictSchemaFault(schema: JsonObject): string | undefined {
  if (schema.anyOf !== undefined) return "schema must be a JSON Schema of 'type: \"object\"', got 'anyOf' at the root.";
  if (schema.type !== 'object') return 'schema must be a JSON Schema of \'type: "object"\'.';
  const budget = { properties: 0 };
  const fault = faultIn(schema, [], 1, budget);
  if (fault !== undefined) return fault;
  return budget.properties > MAX_PROPERTIES
    ? `the schema has ${String(budget.properties)} properties, the maximum is ${String(MAX_PROPERTIES)}.`
    : undefined;
}

function faultIn(
  schema: JsonObject,
  path: string[],
  depth: number,
  budget: { properties: number },
): string | undefined {
  const context = `In context=(${path.map((part) => `'${part}'`).join(', ')})`;
  const keyword = UNSUPPORTED.find((name) => schema[name] !== undefined);
  if (keyword !== undefined) return `${context}, '${keyword}' is not permitted.`;
  if (isObject(schema.properties)) {
    if (depth > MAX_DEPTH) return `${context}, the schema is nested deeper than ${String(MAX_DEPTH)} levels.`;
    const fault = objectFault(schema, schema.properties, context);
    if (fault !== undefined) return fault;
    budget.properties += Object.keys(schema.properties).length;
  }
  for (const [name, child] of childrenOf(schema)) {
    const fault = faultIn(child, [...path, ...name], isObject(schema.properties) ? depth + 1 : depth, budget);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function objectFault(schema: JsonObject, properties: JsonObject, context: string): string | undefined {
  if (schema.additionalProperties !== false) {
    return `${context}, 'additionalProperties' is required to be supplied and to be false.`;
  }
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const left = Object.keys(properties).find((name) => !required.includes(name));
  return left === undefined
    ? undefined
    : `${context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${left}'.`;
}

function childrenOf(schema: JsonObject): [string[], JsonObject][] {
  const children: [string[], JsonObject][] = [];
  for (const group of ['properties', '$defs']) {
    for (const [name, child] of Object.entries(objectOr(schema[group]))) {
      if (isObject(child)) children.push([[group, name], child]);
    }
  }
  if (isObject(schema.items)) children.push([['items'], schema.items]);
  const branches: unknown[] = Array.isArray(schema.anyOf) ? schema.anyOf : [];
  for (const [index, branch] of branches.entries()) {
    if (isObject(branch)) children.push([['anyOf', String(index)], branch]);
  }
  return children;
}
