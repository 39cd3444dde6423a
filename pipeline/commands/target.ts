import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../server/arguments.ts';
import type { PipelineOptions } from '../server/options.ts';

/** Options that say which pipeline a sub-command works on. */
export const targetShape = {
  data: z.string().min(1).optional(),
  'database-url': z.url({ protocol: /^postgres(ql)?$/ }).optional(),
};

/** The database those options name: exactly one of the two. */
export function readTarget(
  given: { data?: string | undefined; 'database-url'?: string | undefined },
  usage: string,
): PipelineOptions['database'] {
  const { data, 'database-url': url } = given;
  if (data !== undefined && url === undefined) return { kind: 'embedded', dataDir: path.resolve(data) };
  if (url !== undefined && data === undefined) return { kind: 'server', url };
  throw new UsageError(`Give either --data or --database-url.\nUsage: ${usage}`);
}
