import { describe, expect, it } from 'vitest';
import { learnFrom, limitName, NO_TRAITS, OPTIONAL_PARTS, type OptionalPart, type Refusal } from './model-traits.ts';

const ALL: OptionalPart[] = ['stream_options', 'temperature', 'parallel_tool_calls', 'strict', 'max_completion_tokens'];

function learn(refusal: Partial<Refusal>, sent: OptionalPart[] = ALL, traits = NO_TRAITS) {
  return learnFrom({ status: 400, code: '', parameter: '', message: '', ...refusal }, traits, sent);
}

describe('a refused request', () => {
  it.each<[string, Partial<Refusal>, OptionalPart]>([
    ['by its parameter', { parameter: 'temperature', message: 'Unsupported value' }, 'temperature'],
    ['by a path', { parameter: 'tools[0].function.strict', message: 'Unknown parameter' }, 'strict'],
    [
      'in its sentence',
      { message: 'Unrecognized request argument supplied: parallel_tool_calls' },
      'parallel_tool_calls',
    ],
    [
      'beside the name to use instead',
      {
        parameter: 'max_completion_tokens',
        message: "Unsupported parameter: 'max_completion_tokens'. Use 'max_tokens' instead.",
      },
      'max_completion_tokens',
    ],
    ['with 422', { status: 422, message: 'body: stream_options: Extra inputs are not permitted' }, 'stream_options'],
  ])('teaches the part it names %s', (_how, refusal, part) => {
    expect(learn(refusal)).toEqual({ ...NO_TRAITS, refuses: [part] });
  });

  it('that names nothing leaves out all that can be left out, once', () => {
    const bare = learn({ message: 'Bad request' });
    expect(bare?.refuses).toEqual(ALL);
    expect(learn({ message: 'Bad request' }, [], bare)).toBeUndefined();
  });

  it.each<[string, Partial<Refusal>]>([
    ['another parameter', { parameter: 'messages.[2].role', message: 'Invalid value' }],
    ['a part that was not sent', { parameter: 'max_tokens', message: 'max_tokens is odd' }],
    ['the content filter', { code: 'content_filter', message: 'filtered' }],
    ['its length', { code: 'context_length_exceeded' }],
    ['the history', { message: "An assistant message with 'tool_calls' must be followed by tool messages" }],
    ['the deployment', { code: 'DeploymentNotFound' }],
    ['the API version', { message: 'API version not supported' }],
    ['the key', { status: 401 }],
    ['a limit of rate', { status: 429, message: 'temperature' }],
  ])('about %s teaches nothing', (_what, refusal) => {
    expect(learn(refusal)).toBeUndefined();
  });

  it('with a largest limit lowers it, and gives the limit up where that does not help', () => {
    const message = 'max_tokens is too large: 9000. This model supports at most 4096 completion tokens.';
    const lower = learn({ parameter: 'max_completion_tokens', message });
    expect(lower).toEqual({ ...NO_TRAITS, largestLimit: 4096 });
    expect(learn({ parameter: 'max_completion_tokens', message }, ALL, lower)?.refuses).toEqual([
      'max_completion_tokens',
    ]);
  });

  it('for want of a limit gives one, under the name it asks for', () => {
    const without = ALL.slice(0, 4);
    const old = learn({ message: 'max_tokens: field required' }, without);
    expect(old).toEqual({ ...NO_TRAITS, needsLimit: true, refuses: ['max_completion_tokens'] });
    expect(limitName(old ?? NO_TRAITS)).toBe('max_tokens');
    expect(learn({ message: "'max_completion_tokens' is required" }, without)).toEqual({
      ...NO_TRAITS,
      needsLimit: true,
    });
    // It stays in where everything else is left out.
    const sent: OptionalPart[] = ['temperature', 'max_tokens'];
    expect(learn({ message: 'Bad request' }, sent, old)?.refuses).toEqual(['max_completion_tokens', 'temperature']);
  });

  it('ends: every lesson leaves less to refuse', () => {
    let traits = NO_TRAITS;
    for (let times = 0; times < 20; times++) {
      const sent = OPTIONAL_PARTS.filter((part) => !traits.refuses.includes(part));
      const next = learn({ message: sent[0] ?? 'nothing' }, sent, traits);
      if (!next) return expect(sent).toEqual([]);
      traits = next;
    }
    throw new Error('It goes on learning.');
  });
});

it('knows the name a limit goes by', () => {
  expect(limitName(NO_TRAITS)).toBe('max_completion_tokens');
  expect(limitName({ ...NO_TRAITS, refuses: ['max_completion_tokens', 'max_tokens'] })).toBeNull();
});

describe('what a refusal is about', () => {
  it.each([
    'content_filter',
    'ResponsibleAIPolicyViolation',
    'our content management policy',
    'context_length',
    'maximum context length',
    'tool_call_id',
    "role 'tool'",
    'api-version',
    'model_not_found',
    'not_a_stream',
    'output limit was reached',
    'does not support tools',
  ])('is what was said, where it speaks of %s', (message) => {
    expect(learn({ message })).toBeUndefined();
    expect(learn({ code: message.toUpperCase() })).toBeUndefined();
  });

  it.each(['body', 'null', ''])('is nothing in particular where its parameter is %j', (parameter) => {
    expect(learn({ parameter, message: 'Bad request' })?.refuses).toEqual(ALL);
  });

  it.each(['body.messages', 'nullable', 'somebody'])('is something else where its parameter is %s', (parameter) => {
    expect(learn({ parameter, message: 'Bad request' })).toBeUndefined();
  });

  it('is the part that it names first, in any case, of those that were sent', () => {
    expect(learn({ message: 'STRICT is odd, so is temperature' })?.refuses).toEqual(['strict']);
    expect(learn({ message: 'max_tokens is odd, so is temperature' })?.refuses).toEqual(['temperature']);
    expect(learn({ parameter: 'strict', message: 'temperature' })?.refuses).toEqual(['strict']);
    const before = { ...NO_TRAITS, refuses: ['strict' as const] };
    expect(learn({ message: 'temperature' }, ALL, before)?.refuses).toEqual(['strict', 'temperature']);
  });
});

describe('the limit of an answer', () => {
  const parameter = 'max_completion_tokens';
  it.each([
    ['at most 4096 tokens', 4096],
    ['The maximum value of max_tokens: 512', 512],
    ['maximum is 16', 16],
    ['Must be less than or equal to 8192.', 8192],
    ['maximum value is 32768', 32768],
    ['AT MOST 77', 77],
  ])('is learned from %j', (message, largestLimit) => {
    expect(learn({ parameter, message })).toEqual({ ...NO_TRAITS, largestLimit });
  });

  it.each(['at most 5', 'at most a good many, which is more than any: 4096', 'no number'])(
    'is not learned from %j',
    (message) => {
      expect(learn({ parameter, message })?.refuses).toEqual([parameter]);
    },
  );

  it('is not lowered where another part is refused, or none was sent', () => {
    expect(learn({ parameter: 'temperature', message: 'at most 4096' })?.largestLimit).toBeNull();
    expect(learn({ parameter, message: 'at most 4096' }, ['strict'])).toBeUndefined();
  });

  it('is not asked for twice, and only where it is missing', () => {
    const without = ALL.slice(0, 4);
    const message = 'max_tokens is missing';
    const asked = learn({ message }, without);
    expect(asked).toMatchObject({ needsLimit: true });
    expect(learn({ message }, without, asked)?.needsLimit).toBe(true);
    expect(learn({ message: 'max_tokens is odd' }, without)).toBeUndefined();
    const known = { ...NO_TRAITS, refuses: ['max_completion_tokens' as const] };
    expect(learn({ message }, without, known)?.refuses).toEqual(['max_completion_tokens']);
  });

  it('goes by the old name where the new one is refused', () => {
    expect(limitName({ ...NO_TRAITS, refuses: ['max_tokens'] })).toBe('max_completion_tokens');
    expect(limitName({ ...NO_TRAITS, refuses: ['max_completion_tokens'] })).toBe('max_tokens');
  });
});
