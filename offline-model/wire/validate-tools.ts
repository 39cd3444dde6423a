import { arrayTooLong, badRequest, emptyString, missing, notOneOf, stringTooLong, wrongType } from './errors.ts';
import type { WireError } from './errors.ts';
import { isObject, objectOr } from './json.ts';
import type { JsonObject } from './json.ts';
import { strictSchemaFault } from './strict-schema.ts';
import type { OfferedTool, ToolChoice } from './types.ts';

const MAX_TOOLS = 128;
const MAX_NAME = 64;
const MAX_DESCRIPTION = 1024;

type Checked<T> = { ok: true; value: T } | { ok: false; error: WireError };

const bad = (error: WireError): { ok: false; error: WireError } => ({ ok: false, error });

/** Reads and checks `tools` by Azure's limits: 128 tools, names of 64, descriptions of 1024 characters, strict schemas. */
export function readTools(value: unknown): Checked<OfferedTool[]> {
  if (value === undefined || value === null) return { ok: true, value: [] };
  if (!Array.isArray(value)) return bad(wrongType('tools', 'an array of objects'));
  if (value.length === 0) {
    const text =
      "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.";
    return bad(badRequest(text, 'tools', 'empty_array'));
  }
  if (value.length > MAX_TOOLS) return bad(arrayTooLong('tools', MAX_TOOLS, value.length));
  const tools: OfferedTool[] = [];
  for (const [index, item] of value.entries()) {
    const tool = readTool(item, `tools[${String(index)}]`);
    if (!tool.ok) return tool;
    tools.push(tool.value);
  }
  return { ok: true, value: tools };
}

function readTool(item: unknown, at: string): Checked<OfferedTool> {
  if (!isObject(item)) return bad(wrongType(at, 'an object'));
  if (item.type !== 'function') return bad(notOneOf(`${at}.type`, String(item.type), ['function']));
  const fn = item.function;
  if (!isObject(fn)) return bad(missing(`${at}.function`));
  const { name, description } = fn;
  if (typeof name !== 'string') return bad(missing(`${at}.function.name`));
  const nameFault = faultOfName(name, `${at}.function.name`);
  if (nameFault !== undefined) return bad(nameFault);
  if (typeof description === 'string' && description.length > MAX_DESCRIPTION) {
    return bad(stringTooLong(`${at}.function.description`, MAX_DESCRIPTION, description.length));
  }
  const parameters = objectOr(fn.parameters);
  const fault = faultOfParameters(parameters, fn.strict === true);
  if (fault !== undefined) {
    const text = `Invalid schema for function '${name}': ${fault}`;
    return bad(badRequest(text, `${at}.function.parameters`, 'invalid_function_parameters'));
  }
  return { ok: true, value: { name, description: typeof description === 'string' ? description : '', parameters } };
}

function faultOfName(name: string, at: string): WireError | undefined {
  if (name === '') return emptyString(at);
  if (name.length > MAX_NAME) return stringTooLong(at, MAX_NAME, name.length);
  if (/^[a-zA-Z0-9_-]+$/.test(name)) return undefined;
  const text = `Invalid '${at}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
  return badRequest(text, at, 'invalid_value');
}

function faultOfParameters(parameters: JsonObject, strict: boolean): string | undefined {
  if (strict) return strictSchemaFault(parameters);
  const { type } = parameters;
  return type === undefined || type === 'object'
    ? undefined
    : `schema must be a JSON Schema of 'type: "object"', got 'type: "${String(type)}"'.`;
}

/** Reads `tool_choice`; default auto with tools and none without. */
export function readToolChoice(value: unknown, tools: OfferedTool[]): Checked<ToolChoice> {
  if (value === undefined || value === null) return { ok: true, value: { mode: tools.length > 0 ? 'auto' : 'none' } };
  if (tools.length === 0) {
    const text = "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.";
    return bad(badRequest(text, 'tool_choice'));
  }
  if (value === 'auto' || value === 'none' || value === 'required') return { ok: true, value: { mode: value } };
  const name = isObject(value) && value.type === 'function' ? objectOr(value.function).name : undefined;
  if (typeof name !== 'string') return bad(notOneOf('tool_choice', String(value), ['none', 'auto', 'required']));
  if (!tools.some((tool) => tool.name === name)) {
    const text = `Invalid value for 'tool_choice': no function named '${name}' was specified in the 'tools' parameter.`;
    return bad(badRequest(text, 'tool_choice'));
  }
  return { ok: true, value: { mode: 'named', name } };
}
