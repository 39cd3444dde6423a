import { expect, it } from 'vitest';
import { z } from 'zod';
import { strictSchema } from './strict-schema.ts';

it.each<[what: string, args: z.ZodType, properties: object]>([
  ['bounds of a text', z.object({ a: z.string().min(1).max(9).regex(/x/) }), { a: { type: 'string' } }],
  ['formats', z.object({ a: z.email() }), { a: { type: 'string' } }],
  ['bounds of a number', z.object({ a: z.number().min(1).max(9).multipleOf(2) }), { a: { type: 'number' } }],
  ['bounds that are not reached', z.object({ a: z.number().gt(1).lt(9) }), { a: { type: 'number' } }],
  [
    'bounds of a list and of what is in it',
    z.object({ a: z.array(z.string().min(2)).min(1).max(9) }),
    { a: { type: 'array', items: { type: 'string' } } },
  ],
  ['defaults', z.object({ a: z.boolean().default(true) }), { a: { type: 'boolean' } }],
  [
    'rules on names of properties',
    z.object({ a: z.record(z.string().min(1), z.number()) }),
    { a: { type: 'object', additionalProperties: { type: 'number' } } },
  ],
])('leaves out %s', (_what, args, properties) => {
  expect(strictSchema(args)).toEqual({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
});

it('requires every property, an optional one as null', () => {
  const args = z.object({ must: z.string(), may: z.number().nullish() });
  expect(strictSchema(args)).toEqual({
    type: 'object',
    properties: { must: { type: 'string' }, may: { type: ['number', 'null'] } },
    required: ['must', 'may'],
    additionalProperties: false,
  });
});

it('closes objects within objects', () => {
  const args = z.object({ outer: z.object({ inner: z.string().optional() }) });
  expect(strictSchema(args)['properties']).toEqual({
    outer: {
      type: 'object',
      properties: { inner: { type: 'string' } },
      required: ['inner'],
      additionalProperties: false,
    },
  });
});

it('holds within what may be null too', () => {
  const args = z.object({ a: z.object({ b: z.string().min(1) }).nullish() });
  const inner = { type: 'object', properties: { b: { type: 'string' } }, required: ['b'], additionalProperties: false };
  expect(strictSchema(args)['properties']).toEqual({ a: { anyOf: [inner, { type: 'null' }] } });
});

it('keeps properties that are called like a keyword', () => {
  const args = z.object({ format: z.enum(['png', 'webp']), default: z.string(), pattern: z.null() });
  expect(strictSchema(args)['properties']).toEqual({
    format: { type: 'string', enum: ['png', 'webp'] },
    default: { type: 'string' },
    pattern: { type: 'null' },
  });
});

it('says anything of what JSON schema cannot say', () => {
  expect(strictSchema(z.object({ at: z.date() }))['properties']).toEqual({ at: {} });
});

it('tells what arguments are for', () => {
  const args = z.object({ a: z.string().describe('a name') });
  expect(strictSchema(args)['properties']).toEqual({ a: { type: 'string', description: 'a name' } });
});
