import { sql } from 'drizzle-orm';
import type { Pool } from 'pg';
import type { TenantConfig } from '../../shared/domain/index.ts';
import type { Connections } from './connections.ts';
import { createQueryRole } from './create-query-role.ts';
import { roleNames } from './roles.ts';
import * as schema from './schema.ts';
import { transaction, type Tx } from './transaction.ts';

export interface NewTenant {
  name: string;
  config: TenantConfig;
  /** Puts more into the new tenant, in the transaction that makes it. */
  fill?: (tx: Tx, tenantId: string) => Promise<void>;
}

/** Makes a tenant with its settings and its query role as the admin, whole or not at all. */
export async function createTenant(pool: Pool, tenant: NewTenant, connections: Connections): Promise<{ id: string }> {
  const { admin } = roleNames(connections.api.database);
  return await transaction(pool, {}, async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE ${sql.identifier(admin)}`);
    const [row] = await tx.insert(schema.tenants).values({ name: tenant.name }).returning({ id: schema.tenants.id });
    if (row === undefined) throw new Error('No tenant was made.');
    await tx.insert(schema.tenantConfig).values({ tenantId: row.id, config: tenant.config });
    await tx.execute(sql`SELECT set_config('rd.tenant', ${row.id}, true)`);
    await tenant.fill?.(tx, row.id);
    // The right to make roles is the login's own; a group cannot hand it on.
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    await createQueryRole(tx, connections, row.id);
    return row;
  });
}
