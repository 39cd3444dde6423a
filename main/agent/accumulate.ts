import { failure, type Failure } from '../../shared/errors/index.ts';
import { LIMITS } from './limits.ts';
import type { ModelAnswer, RawToolCall, TokenUsage } from './model-types.ts';

type Fields = Record<string, unknown>;

export interface Accumulator {
  /** Takes one chunk as it came off the wire; gives the text in it, or why the stream cannot go on. */
  add(chunk: unknown): { text: string; failure?: Failure };
  answer(): ModelAnswer;
}

/**
 * Puts a streamed answer together. Expects every oddity seen in the wild: chunks without choices or delta, fragments
 * without id, name or index, indexes that start at 1, error frames in the middle.
 */
export function createAccumulator(): Accumulator {
  let text = '';
  let finish: string | null = null;
  let usage: TokenUsage | null = null;
  const calls = createCallList();

  const add = (chunk: unknown): { text: string; failure?: Failure } => {
    if (!isFields(chunk)) return { text: '' };
    const error = errorIn(chunk);
    if (error) return { text: '', failure: error };
    usage = readUsage(chunk['usage']) ?? usage;
    const choice: unknown = Array.isArray(chunk['choices']) ? chunk['choices'][0] : undefined;
    if (!isFields(choice)) return { text: '' };
    // A filter's late word outweighs the finish reason that came before it.
    if (typeof choice['finish_reason'] === 'string' && finish !== 'content_filter') finish = choice['finish_reason'];
    if (!isFields(choice['delta'])) return { text: '' };
    const { content, refusal, tool_calls: fragments } = choice['delta'];
    const added = (typeof content === 'string' ? content : '') + (typeof refusal === 'string' ? refusal : '');
    text += added;
    if (text.length > LIMITS.answerChars) return { text: '', failure: tooLarge('text') };
    const failed = calls.add(fragments);
    return failed ? { text: added, failure: failed } : { text: added };
  };

  return { add, answer: () => ({ text, calls: calls.list(), finish, usage }) };
}

/** Collects calls out of fragments. The first id and name of a call stand; nothing later renames it. */
function createCallList() {
  const calls: RawToolCall[] = [];
  const byIndex = new Map<number, RawToolCall>();

  const callOf = (fragment: Fields, id: string, name: string): RawToolCall => {
    const index = typeof fragment['index'] === 'number' ? fragment['index'] : undefined;
    const known =
      index === undefined ? (id === '' ? calls.at(-1) : calls.find((call) => call.id === id)) : byIndex.get(index);
    // Some servers give every parallel call the index 0: a new id with a name is a new call.
    const isNew = !known || (id !== '' && name !== '' && known.id !== '' && known.id !== id);
    if (!isNew) return known;
    const call = { id: '', name: '', arguments: '' };
    calls.push(call);
    if (index !== undefined) byIndex.set(index, call);
    return call;
  };

  const add = (fragments: unknown): Failure | undefined => {
    if (!Array.isArray(fragments)) return undefined;
    for (const fragment of fragments as unknown[]) {
      if (!isFields(fragment)) continue;
      const parts = isFields(fragment['function']) ? fragment['function'] : {};
      const id = stringOf(fragment['id']);
      const name = stringOf(parts['name']);
      const call = callOf(fragment, id, name);
      if (call.id === '') call.id = id.slice(0, 200);
      if (call.name === '') call.name = name.slice(0, 200);
      call.arguments += stringOf(parts['arguments']);
      if (call.arguments.length > LIMITS.argumentChars) return tooLarge('arguments');
      if (calls.length > LIMITS.callsPerStep) return tooLarge('tool calls');
    }
    return undefined;
  };

  return { add, list: () => calls };
}

/** An error frame, also one without its `error` envelope. */
function errorIn(chunk: Fields): Failure | undefined {
  const inner = isFields(chunk['error']) ? chunk['error'] : chunk;
  const isError = inner !== chunk || (!('choices' in chunk) && 'code' in chunk && 'message' in chunk);
  if (!isError) return undefined;
  const said = stringOf(inner['message']).slice(0, 300);
  return failure('model_failed', said === '' ? undefined : `The model stopped with an error: ${said}`);
}

function readUsage(value: unknown): TokenUsage | undefined {
  if (!isFields(value)) return undefined;
  const prompt = countOf(value['prompt_tokens']);
  const completion = countOf(value['completion_tokens']);
  if (prompt === undefined || completion === undefined) return undefined;
  return { prompt, completion, total: prompt + completion };
}

/** A believable token count; an absurd one must not eat a month's limit. */
function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_000_000 ? value : undefined;
}

function tooLarge(what: string): Failure {
  return failure('model_failed', `The model sent too much (${what}) and was stopped. Ask for less at once.`);
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
