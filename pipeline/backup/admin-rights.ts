import type { ClientBase } from 'pg';
import { fail, ok, type Result } from '../../shared/errors/index.ts';

/** A backup holds every tenant, so whoever makes or restores it must stand above the wall; a role that saw less would lose rows in silence. */
export async function checkAdminRights(client: ClientBase): Promise<Result<null>> {
  const answer = await client.query<{ above: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user',
  );
  if (answer.rows[0]?.above === true) return ok(null);
  return fail(
    'forbidden',
    'RENDERDESK_DATABASE_ADMIN_URL must name a superuser or a role with BYPASSRLS for a backup or a restore.',
  );
}
