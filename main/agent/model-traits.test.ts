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
