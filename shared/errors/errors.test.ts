import { expect, test } from 'vitest';
import {
  ERROR_CODES,
  fail,
  failure,
  FailureError,
  fromProblem,
  isErrorCode,
  problemSchema,
  statusOf,
  toProblem,
  unwrap,
} from './index.ts';

test('every code has an HTTP error status and a sentence that ends', () => {
  for (const [code, entry] of Object.entries(ERROR_CODES)) {
    expect(entry.status, code).toBeGreaterThanOrEqual(400);
    expect(entry.message.length, code).toBeGreaterThan(10);
  }
});

test('the sentences that the design fixes are to the letter', () => {
  expect(failure('ai_not_configured').message).toBe(
    'AI not configured — ask your admin to set up Azure OpenAI in Tenant Settings',
  );
  expect(failure('ai_key_missing').message).toBe("Enter your company's Azure OpenAI key in Settings > AI");
});

test('a failure survives the wire as a problem, fields and details included', () => {
  const sent = failure('validation_failed', 'Width is too large.', {
    fields: [{ field: 'render_overrides.width', message: 'must be at most 8192' }],
    details: { hint: 1 },
  });
  const problem = problemSchema.parse(JSON.parse(JSON.stringify(toProblem(sent))));
  expect(problem.status).toBe(statusOf('validation_failed'));
  expect(fromProblem(problem)).toEqual(sent);
});

test('a code from outside counts only when it is one of ours', () => {
  for (const code of ['toString', '__proto__', 'constructor', 'nope', 7, null]) expect(isErrorCode(code)).toBe(false);
  const problem = { type: 'x', title: 'x', status: 418, detail: 'I am a teapot', code: 'teapot' };
  expect(fromProblem(problem)).toEqual({ code: 'internal_error', message: 'I am a teapot' });
});

test('unwrap throws the failure it found', () => {
  expect(() => unwrap(fail('not_found', 'No order X'))).toThrow(FailureError);
  expect(() => unwrap(fail('not_found', 'No order X'))).toThrow('No order X');
});
