import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Operation } from './api.ts';

/** What came back, read whole. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Says what is wrong with an answer, null where nothing is. */
export type Judge = (operation: Operation, answer: Answer) => string | null;

/**
 * Holds every answer against the document: never a 5xx, a described status, a described media type, and a body that is
 * valid by the schema of that status (JSON schema 2020-12).
 */
export function createJudge(document: unknown): Judge {
  const { components } = document as { components?: unknown };
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  const validators = new Map<unknown, ValidateFunction>();
  const validatorOf = (schema: unknown): ValidateFunction => {
    const known = validators.get(schema) ?? ajv.compile({ ...(schema as object), components });
    validators.set(schema, known);
    return known;
  };
  return ({ answers }, { status, contentType, text }) => {
    if (status >= 500) return text.slice(0, 300);
    const described = answers.get(status);
    if (described === undefined) return `undocumented status: ${text.slice(0, 300)}`;
    if (described.size === 0) return text === '' ? null : `has a body where none is described: ${text.slice(0, 100)}`;
    const type = contentType.split(';')[0] ?? '';
    if (!described.has(type)) return `undocumented media type ${JSON.stringify(contentType)}`;
    if (!/json$/.test(type)) return null;
    const validate = validatorOf(described.get(type));
    if (validate(parse(text))) return null;
    return `body against its schema: ${ajv.errorsText(validate.errors)}: ${text.slice(0, 300)}`;
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
