import { asc, desc, isNull } from 'drizzle-orm';
import type { OutputType } from '../../../shared/domain/index.ts';
import { schema, type Tx } from '../../db/index.ts';

/** The render recipes that the tenant offers, the default first. */
export async function listOutputTypes(tx: Tx): Promise<OutputType[]> {
  const { outputTypes } = schema;
  const rows = await tx
    .select()
    .from(outputTypes)
    .where(isNull(outputTypes.archivedAt))
    .orderBy(desc(outputTypes.isDefault), asc(outputTypes.name));
  return rows.map(presentOutputType);
}

/** The recipe as the API gives it. */
export function presentOutputType(row: typeof schema.outputTypes.$inferSelect): OutputType {
  const { id, name, description, isDefault, settings } = row;
  return { id, name, description, is_default: isDefault, settings };
}
