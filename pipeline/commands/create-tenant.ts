import { z } from 'zod';
import { failure, FailureError } from '../../shared/errors/index.ts';
import { isTimeZone } from '../domain/time.ts';
import { DEFAULT_CONFIG } from '../domain/tenants/index.ts';
import { makeNewTenant } from '../seed/index.ts';
import { administer } from '../server/administer.ts';
import { readArguments } from '../server/arguments.ts';
import type { CommandTools } from './command.ts';
import { readTarget, targetShape } from './target.ts';
import { CREATE_TENANT_USAGE } from './usage.ts';

const schema = z.object({
  ...targetShape,
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Control}*$/u, 'no control characters'),
  'time-zone': z
    .string()
    .refine(isTimeZone, 'not an IANA time zone such as Europe/Berlin')
    .default(DEFAULT_CONFIG.time_zone),
});

/** `create-tenant`: a company with settings, output types and materials, without users and products. */
export async function createTenant(args: readonly string[], { log, print }: CommandTools): Promise<void> {
  const { name, 'time-zone': timeZone, ...given } = readArguments(args, schema, CREATE_TENANT_USAGE);
  await administer(readTarget(given, CREATE_TENANT_USAGE), log, async (database) => {
    const existing = await database.listTenants();
    if (existing.some((tenant) => tenant.name.toLowerCase() === name.toLowerCase())) {
      throw new FailureError(failure('state_conflict', `There is already a tenant "${name}". Nothing was changed.`));
    }
    const { id } = await makeNewTenant(database, { name, timeZone });
    print(`tenant ${name} made, id ${id}, time zone ${timeZone}`);
    print(`next: npm run pipeline -- create-user --tenant ${JSON.stringify(name)} --email … --name … --role admin`);
  });
}
