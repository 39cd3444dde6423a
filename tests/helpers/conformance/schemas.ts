import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The published schemas lie beside the repository; they are not part of it. */
const directory = resolve(import.meta.dirname, '..', '..', '..', '..', 'shared', 'specs');

/** Why nothing can be validated here, or null. */
export const schemasMissing: string | null = existsSync(directory)
  ? null
  : 'the published schemas are not beside the checkout, in ../shared/specs';

/** The forms of an endpoint, each with the schema that was published for it. */
export const FORMS = ['azure-openai-v1', 'azure-openai-2025-03-01-preview', 'openai-platform'] as const;
export type Form = (typeof FORMS)[number];
export type Root = 'request' | 'response' | 'chunk' | 'error';

type Schema = Record<string, unknown>;

interface Published {
  readonly ajv: Ajv2020;
  readonly id: string;
  readonly defs: Record<string, Schema>;
  readonly roots: Record<Root, string>;
}

const loaded = new Map<Form, Published>();
const compiled = new Map<string, ValidateFunction>();

function published(form: Form): Published {
  const known = loaded.get(form);
  if (known) return known;
  const text = readFileSync(join(directory, `${form}.chat-completions.schema.json`), 'utf8');
  const document = JSON.parse(text) as Schema & { $comment: string; $defs: Record<string, Schema> };
  const roots = JSON.parse(/Roots: (\{.*\})/.exec(document.$comment)?.[1] ?? '{}') as Published['roots'];
  const id = `urn:renderdesk:${form}`;
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: id });
  const made = { ajv, id, defs: document.$defs, roots };
  loaded.set(form, made);
  return made;
}

/** Validates against a root of a published schema, unchanged; compiled once in a process. */
export function publishedValidator(form: Form, root: Root): ValidateFunction {
  const key = `${form} ${root}`;
  const known = compiled.get(key);
  if (known) return known;
  const { ajv, id, roots } = published(form);
  const made = ajv.compile({ $ref: `${id}#/$defs/${roots[root]}` });
  compiled.set(key, made);
  return made;
}

/** The parameters that a form's request may have. */
export function parametersOf(form: Form): ReadonlySet<string> {
  const { defs, roots } = published(form);
  const collect = (schema: Schema): string[] => {
    const ref = typeof schema['$ref'] === 'string' ? defs[schema['$ref'].replace('#/$defs/', '')] : undefined;
    const parts = (schema['allOf'] as Schema[] | undefined) ?? [];
    const own = Object.keys((schema['properties'] as object | undefined) ?? {});
    return [...own, ...(ref ? collect(ref) : []), ...parts.flatMap(collect)];
  };
  return new Set(collect(defs[roots.request] ?? {}));
}

const ownAjv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });

/** Compiles a schema of ours. */
export function ownValidator(schema: Schema): ValidateFunction {
  return ownAjv.compile(schema);
}

/** The first things that did not fit, with their paths. */
export function problemsOf({ errors }: ValidateFunction): string {
  return (errors ?? [])
    .slice(0, 3)
    .map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`)
    .join('; ');
}
