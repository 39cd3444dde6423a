import { asc, desc } from 'drizzle-orm';
import type { OutputType } from '../../shared/domain/index.ts';
import { schema, type Tx } from '../db/index.ts';

/** The tenant's render recipes, the default first. */
export async function listOutputTypes(tx: Tx): Promise<OutputType[]> {
  const { outputTypes } = schema;
  const rows = await tx.select().from(outputTypes).orderBy(desc(outputTypes.isDefault), asc(outputTypes.name));
  return rows.map(({ id, name, description, isDefault, settings }) => ({
    id,
    name,
    description,
    is_default: isDefault,
    settings,
  }));
}
