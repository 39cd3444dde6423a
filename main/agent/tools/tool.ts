import type { z } from 'zod';
import type { DeskPush } from '../../../shared/contract/index.ts';
import type { JournalEntry, Me } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { PipelineChange, PipelineClient } from '../../pipeline/index.ts';
import type { ModelTool } from '../model-types.ts';
import { strictSchema } from './strict-schema.ts';

/** What a tool works with: the pipeline as the signed-in user sees it. Nothing of it comes from the model. */
export interface ToolContext {
  pipeline: PipelineClient;
  me: Me;
  signal: AbortSignal;
  /** Shows something in the user's window. */
  navigate: (to: Navigation) => void;
}

export type Navigation = Omit<Extract<DeskPush, { type: 'navigate' }>, 'type'>;

/** A call whose arguments are checked, ready to be done. */
export type PreparedCall =
  | { kind: 'read'; run: (context: ToolContext) => Promise<Result<unknown>> }
  | { kind: 'change'; change: PipelineChange<unknown> };

export interface Tool {
  readonly name: string;
  readonly kind: 'read' | 'change';
  /** As the model is offered it. */
  readonly wire: ModelTool;
  /**
   * Checks arguments; failures name the fields, in words for the model. `past` is the conversation's journal, for a
   * tool that refers to it.
   */
  prepare(input: unknown, past?: readonly JournalEntry[]): Result<PreparedCall>;
}

interface ToolText<A> {
  name: string;
  /** What it does, when to use it, what comes back; at most 1024 characters (Azure refuses more). */
  description: string;
  /** Optional arguments are `.nullish()`: strict schemas name every property, absent means null. */
  args: z.ZodType<A>;
}

/** A tool that only looks. It never asks. */
export function readTool<A>(
  spec: ToolText<A> & { run: (args: A, context: ToolContext) => Promise<Result<unknown>> },
): Tool {
  return tool(spec, 'read', (args) => ok({ kind: 'read', run: (context) => spec.run(args, context) }));
}

/** A tool that changes something: it says which change it is, and the loop does the rest. */
export function changeTool<A, T>(
  spec: ToolText<A> & { change: (args: A) => PipelineChange<T>; tell: (answer: T) => unknown },
): Tool {
  return tool(spec, 'change', (args) => ok(preparedChange(spec.change(args), spec.tell)));
}

/** A change whose answer is told to the model in its own way. */
export function preparedChange<T>(change: PipelineChange<T>, tell: (answer: T) => unknown): PreparedCall {
  return { kind: 'change', change: { ...change, answer: change.answer.transform(tell) } };
}

/** A tool from its parts, for one that is neither of the two above. */
export function tool<A>(
  spec: ToolText<A>,
  kind: Tool['kind'],
  prepare: (args: A, past: readonly JournalEntry[]) => Result<PreparedCall>,
): Tool {
  const { name, description, args } = spec;
  const parameters = strictSchema(args);
  return {
    name,
    kind,
    wire: { type: 'function', function: { name, description, parameters, strict: true } },
    prepare: (input, past = []) => {
      const parsed = args.safeParse(input);
      return parsed.success ? prepare(parsed.data, past) : badArguments(parsed.error);
    },
  };
}

function badArguments(error: z.ZodError): Result<never> {
  const fields = error.issues.slice(0, 10).map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const said = fields.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
  return fail('validation_failed', `The arguments are not valid: ${said}`, { fields });
}
