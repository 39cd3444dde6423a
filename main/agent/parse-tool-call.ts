import type { JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { RawToolCall } from './model-types.ts';
import type { PreparedCall, Tool } from './tools/index.ts';

export interface ParsedCall {
  /** A name that a message may carry, whatever the model made up. */
  tool: string;
  /** The arguments as an object; empty where they were none. */
  arguments: Record<string, unknown>;
  /** The checked call, or what the model is told instead of a result. */
  prepared: Result<PreparedCall>;
}

/** Reads a model's tool call. Whatever is wrong with it becomes an answer to the model, with what it could do instead. */
export function parseToolCall(raw: RawToolCall, tools: readonly Tool[], past: readonly JournalEntry[]): ParsedCall {
  const name = safeName(raw.name);
  const read = readArguments(raw.arguments);
  if (!read.ok) return { tool: name, arguments: {}, prepared: read };
  return {
    tool: name,
    arguments: read.value,
    prepared: prepareCall({ tool: raw.name, arguments: read.value }, tools, past),
  };
}

/** Checks a call's arguments against its tool: new ones of a model, edited ones of a person, stored ones after a restart. */
export function prepareCall(
  call: Pick<JournalEntry, 'tool' | 'arguments'>,
  tools: readonly Tool[],
  past: readonly JournalEntry[],
): Result<PreparedCall> {
  const tool = tools.find(({ name }) => name === call.tool);
  if (tool) return tool.prepare(call.arguments, past);
  const known = tools.map((each) => each.name).join(', ');
  return fail('validation_failed', `There is no tool of that name. Tools: ${known}.`);
}

/** The wire takes `[a-zA-Z0-9_-]{1,64}`; a model loops or decorates names now and then. */
function safeName(name: string): string {
  const cleaned = name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64);
  return cleaned === '' ? 'unnamed' : cleaned;
}

function readArguments(text: string): Result<Record<string, unknown>> {
  if (text.trim() === '') return ok({});
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok({ ...value });
    return fail('validation_failed', 'The arguments must be one JSON object.');
  } catch {
    return fail('validation_failed', 'The arguments were not valid JSON. Send them as one complete JSON object.');
  }
}
