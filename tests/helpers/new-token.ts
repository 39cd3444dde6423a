import { hashToken, makeToken } from '../../pipeline/domain/accounts/index.ts';
import { askAsAdmin } from '../../pipeline/test-support/ask-as-admin.ts';
import { signInLocally } from './local-sign-in.ts';
import type { RunningPipeline } from './pipeline.ts';

/**
 * A fresh token of a sample user, whatever became of the password. A server's pipeline knows no local sign-in: there the
 * token is written into its database, as a sign-in would.
 */
export async function newToken(pipeline: RunningPipeline, email: string): Promise<string> {
  if ((await pipeline.localSecret()) !== null) return (await signInLocally(pipeline.data, email)).token;
  const token = makeToken();
  const written = await askAsAdmin(
    await pipeline.connections(),
    `INSERT INTO rd.tokens (tenant_id, user_id, token_hash, expires_at)
     SELECT tenant_id, id, $1, now() + interval '1 day' FROM rd.users WHERE email = $2 RETURNING id`,
    [hashToken(token), email],
  );
  if (written.length !== 1) throw new Error(`There is no user ${email}.`);
  return token;
}
