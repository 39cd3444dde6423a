import { asc, isNull } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { byName } from '../by-name.ts';

/** The output type of that name; upper and lower case don't matter. The failure names those there are. */
export async function namedOutputType(
  tx: Tx,
  name: string,
): Promise<Result<InferSelectModel<typeof schema.outputTypes>>> {
  const { outputTypes } = schema;
  const offered = isNull(outputTypes.archivedAt);
  const rows = await tx.select().from(outputTypes).where(offered).orderBy(asc(outputTypes.name));
  const found = byName(rows, name);
  if (found !== undefined) return ok(found);
  const names = rows.map((row) => row.name);
  return fail('unknown_output_type', `There is no output type "${name}". There are: ${names.join(', ')}.`, {
    fields: [{ field: 'output_type_name', message: 'no output type of that name' }],
    details: { available: names },
  });
}
