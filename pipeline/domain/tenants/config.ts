import { sql } from 'drizzle-orm';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { ChangeContext } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { isTimeZone } from '../time.ts';

const { tenantConfig } = schema;

/** The tenant's settings; `lock` holds them until the transaction ends. */
export async function readConfig(tx: Tx, lock = false): Promise<TenantConfig> {
  const query = tx.select({ config: tenantConfig.config }).from(tenantConfig);
  const [row] = await (lock ? query.for('update') : query);
  if (row === undefined) throw new Error('The tenant has no settings.');
  return row.config;
}

/** IANA name of the tenant's time zone. */
export async function tenantTimeZone(tx: Tx): Promise<string> {
  return (await readConfig(tx)).time_zone;
}

/** Works out a change of settings; what is left out stays. */
export async function planConfig(
  { tx, actor, lock }: ChangeContext,
  change: Partial<TenantConfig>,
): Promise<Result<Plan<TenantConfig>>> {
  const valid = checkConfig(change);
  if (!valid.ok) return valid;
  const before = await readConfig(tx, lock);
  const after: TenantConfig = { ...before, ...change };
  const changed = changedFields(before, after);
  return ok({
    effect: {
      summary: changed.length === 0 ? 'No setting changes' : `Tenant settings: ${changed.map(sentence).join('; ')}`,
      counts: { settings: changed.length },
      sample: changed.map(({ field, to }) => ({ id: field, label: field, note: to })),
    },
    snapshot: snapshotOf('config', before, after),
    execute: async () => {
      await tx.update(tenantConfig).set({ config: after, updatedAt: sql`now()` });
      await tell(tx, actor.tenantId, { type: 'config.changed' });
      return after;
    },
  });
}

interface ChangedField {
  field: keyof TenantConfig;
  from: string;
  to: string;
}

function changedFields(before: TenantConfig, after: TenantConfig): ChangedField[] {
  const fields = Object.keys(after) as (keyof TenantConfig)[];
  return fields
    .map((field) => ({ field, from: JSON.stringify(before[field] ?? null), to: JSON.stringify(after[field]) }))
    .filter(({ from, to }) => from !== to);
}

function sentence({ field, from, to }: ChangedField): string {
  return `${field.replaceAll('_', ' ')} ${from} -> ${to}`;
}

function checkConfig(change: Partial<TenantConfig>): Result<null> {
  if (change.time_zone !== undefined && !isTimeZone(change.time_zone)) {
    return fail('validation_failed', undefined, {
      fields: [{ field: 'time_zone', message: 'not an IANA time zone such as Europe/Berlin' }],
    });
  }
  if (change.model && !isSecureEndpoint(change.model.endpoint)) {
    return fail('insecure_endpoint', undefined, {
      fields: [{ field: 'model.endpoint', message: 'must be https, or on this machine' }],
    });
  }
  return ok(null);
}

function isSecureEndpoint(endpoint: string): boolean {
  const { protocol, hostname } = new URL(endpoint);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
