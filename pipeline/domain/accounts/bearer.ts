import { eq } from 'drizzle-orm';
import type { Role } from '../../../shared/domain/index.ts';
import { schema, type Database } from '../../db/index.ts';
import { hashToken } from './secrets.ts';

/** Who a bearer token stands for. */
export interface Bearer {
  tokenId: string;
  tenantId: string;
  userId: string;
  userName: string;
  role: Role;
}

/** So long a checked token is believed without asking the database again; the longest another server's revocation takes. */
const BELIEVED_MS = 2000;
const REMEMBERED = 1000;

/** Checks bearer tokens. */
export interface BearerCheck {
  /** null: unknown, expired, revoked, or of a disabled user. */
  check(token: string): Promise<Bearer | null>;
  /** Call after revoking, so that this process forgets at once. */
  forget(tokenId: string): void;
}

/** A check against the database with a short memory, for a desk asks many times a second. */
export function createBearerCheck(database: Database): BearerCheck {
  const believed = new Map<string, { bearer: Bearer; until: number }>();
  return {
    check: async (token) => {
      const hash = hashToken(token);
      const known = believed.get(hash);
      if (known !== undefined && known.until > Date.now()) return known.bearer;
      believed.delete(hash);
      const bearer = await lookUp(database, hash);
      if (bearer !== null) {
        if (believed.size >= REMEMBERED) believed.clear();
        believed.set(hash, { bearer, until: Date.now() + BELIEVED_MS });
      }
      return bearer;
    },
    forget: (tokenId) => {
      for (const [hash, { bearer }] of believed) if (bearer.tokenId === tokenId) believed.delete(hash);
    },
  };
}

async function lookUp(database: Database, hash: string): Promise<Bearer | null> {
  const { tokens, users } = schema;
  const [token] = await database.withTokenHash(hash, (tx) =>
    tx.select().from(tokens).where(eq(tokens.tokenHash, hash)),
  );
  if (token === undefined || token.revokedAt !== null || token.expiresAt <= new Date()) return null;
  const [user] = await database.withTenant(token.tenantId, (tx) =>
    tx.select().from(users).where(eq(users.id, token.userId)),
  );
  if (user === undefined || user.disabledAt !== null) return null;
  return { tokenId: token.id, tenantId: token.tenantId, userId: user.id, userName: user.name, role: user.role };
}
