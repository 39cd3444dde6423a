import type { Schema } from './values.ts';

/** One operation of the described API. */
export interface Operation {
  readonly method: string;
  /** With `{name}` where a parameter goes. */
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
    readonly required: boolean;
  }[];
  /** Schema of the JSON body, where the operation takes one. */
  readonly body: Schema | null;
  /** A valid body, where the document gives one. */
  readonly example: unknown;
  /** Described answers by status: the schema of each media type. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, unknown>>;
}

interface Described {
  readonly paths: Record<string, Record<string, DescribedOperation>>;
  readonly components?: { readonly schemas?: Record<string, Schema> };
}

interface DescribedOperation {
  readonly parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  readonly requestBody?: { content?: Record<string, { schema?: Schema; example?: unknown }> };
  readonly responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The operations of an OpenAPI 3.1 document, the references of what they take resolved. */
export function operationsOf(document: unknown): Operation[] {
  const { paths, components } = document as Described;
  const resolve = (schema: Schema): Schema => resolveSchema(schema, components?.schemas ?? {}, 0);
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, { parameters = [], requestBody, responses = {} }]) => {
        const json = requestBody?.content?.['application/json'];
        return {
          method: method.toUpperCase(),
          path,
          parameters: parameters.map((parameter) => ({
            name: parameter.name,
            in: parameter.in,
            required: parameter.required ?? false,
            schema: resolve(parameter.schema ?? {}),
          })),
          body: json?.schema === undefined ? null : resolve(json.schema),
          example: json?.example,
          answers: answersOf(responses),
        };
      }),
  );
}

function answersOf(responses: NonNullable<DescribedOperation['responses']>): Operation['answers'] {
  return new Map(
    Object.entries(responses).map(([status, { content = {} }]) => [
      Number(status),
      new Map(Object.entries(content).map(([type, { schema }]) => [type, schema ?? {}])),
    ]),
  );
}

/** References replaced by what they name; a schema that contains itself ends as "anything" at depth 12. */
function resolveSchema(schema: Schema, named: Record<string, Schema>, depth: number): Schema {
  if (depth > 12) return {};
  if (schema.$ref !== undefined) {
    return resolveSchema(named[schema.$ref.split('/').at(-1) ?? ''] ?? {}, named, depth + 1);
  }
  const inner = (part: Schema) => resolveSchema(part, named, depth + 1);
  return {
    ...schema,
    ...(schema.anyOf && { anyOf: schema.anyOf.map(inner) }),
    ...(schema.oneOf && { oneOf: schema.oneOf.map(inner) }),
    ...(schema.allOf && { allOf: schema.allOf.map(inner) }),
    ...(schema.items && { items: inner(schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, inner(part)])),
    }),
  };
}
