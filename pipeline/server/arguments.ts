import { parseArgs } from 'node:util';
import { z } from 'zod';

/** What is wrong with a command line, in a sentence for whoever typed it. */
export class UsageError extends Error {}

/** Does this command line only ask how the program is used? */
export function asksForHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

/** Reads `--name value` options by a schema; a boolean of the schema is an option without a value. Throws UsageError. */
export function readArguments<S extends z.ZodObject>(args: readonly string[], schema: S, usage: string): z.output<S> {
  const options = Object.fromEntries(
    Object.entries(schema.shape).map(([name, value]) => [
      name,
      { type: isFlag(value) ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const parsed = schema.safeParse(parseOrUsage(args, options, usage));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
  throw new UsageError(`${problems.join('\n')}\nUsage: ${usage}`);
}

function isFlag(schema: unknown): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return isFlag(schema.unwrap());
  return schema instanceof z.ZodBoolean;
}

type ArgOptions = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function parseOrUsage(args: readonly string[], options: ArgOptions, usage: string): object {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${error.message}\nUsage: ${usage}`);
    throw error;
  }
}
