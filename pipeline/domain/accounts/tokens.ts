import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { schema, type Tx } from '../../db/index.ts';
import { hashToken, makeToken } from './secrets.ts';
import { tellAccount } from './tell.ts';

const { tokens } = schema;
/** A sign-in lasts so long, however much it is used. */
const TOKEN_DAYS = 30;

/** A new bearer token of the user; only its hash is stored. */
export async function issueToken(
  tx: Tx,
  user: { id: string; tenantId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const token = makeToken();
  const expiresAt = new Date(Date.now() + TOKEN_DAYS * 86_400_000);
  const { id: userId, tenantId } = user;
  await tx.insert(tokens).values({ tenantId, userId, tokenHash: hashToken(token), expiresAt });
  return { token, expiresAt };
}

/** Makes a token useless from now on. */
export async function revokeToken(tx: Tx, { tokenId, userId }: { tokenId: string; userId: string }): Promise<void> {
  await tx
    .update(tokens)
    .set({ revokedAt: sql`now()` })
    .where(eq(tokens.id, tokenId));
  await tellAccount(tx, userId);
}

/** Makes all tokens of a user useless, but the one that is kept. */
export async function revokeTokensOf(tx: Tx, userId: string, keptTokenId?: string): Promise<void> {
  const others = keptTokenId === undefined ? undefined : ne(tokens.id, keptTokenId);
  await tx
    .update(tokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(tokens.userId, userId), isNull(tokens.revokedAt), others));
  await tellAccount(tx, userId);
}
