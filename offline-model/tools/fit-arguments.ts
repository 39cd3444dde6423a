import { isObject, objectOr } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';

/**
 * The arguments that a tool's schema has a place for: unknown names, values outside an enum and undefined are left out, and
 * what a strict schema requires but the sentence did not say is null where null is allowed.
 */
export function fitArguments(args: JsonObject, schema: JsonObject): JsonObject {
  const variant = objectVariant(schema);
  const properties = objectOr(variant.properties);
  const fitted: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    const propertySchema = objectOr(property);
    const value = fitValue(args[name], propertySchema);
    if (value !== undefined) fitted[name] = value;
    else if (isRequired(variant, name) && allows(propertySchema, 'null')) fitted[name] = null;
  }
  return fitted;
}

/** Names of the parameters a schema declares. */
export function parameterNames(schema: JsonObject): string[] {
  return Object.keys(objectOr(objectVariant(schema).properties));
}

function fitValue(value: unknown, schema: JsonObject): unknown {
  if (value === undefined) return undefined;
  if (isObject(value)) return parameterNames(schema).length > 0 ? fitArguments(value, schema) : value;
  const allowed = enumOf(schema);
  return allowed === undefined || allowed.includes(value) ? value : undefined;
}

/** The schema itself where it describes an object, else its branch that does. */
function objectVariant(schema: JsonObject): JsonObject {
  if (isObject(schema.properties)) return schema;
  return branchesOf(schema).find((branch) => isObject(branch.properties)) ?? {};
}

function branchesOf(schema: JsonObject): JsonObject[] {
  const branches: unknown = schema.anyOf ?? schema.oneOf;
  return Array.isArray(branches) ? branches.filter(isObject) : [];
}

function enumOf(schema: JsonObject): unknown[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum;
  const inBranches = branchesOf(schema).flatMap((branch): unknown[] => (Array.isArray(branch.enum) ? branch.enum : []));
  return inBranches.length > 0 ? inBranches : undefined;
}

function isRequired(schema: JsonObject, name: string): boolean {
  return Array.isArray(schema.required) && schema.required.includes(name);
}

function allows(schema: JsonObject, type: string): boolean {
  const declared: unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  return declared.includes(type) || branchesOf(schema).some((branch) => allows(branch, type));
}
