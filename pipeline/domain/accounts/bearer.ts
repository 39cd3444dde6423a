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
  /** Call after a user's role, state or tokens changed, so that this process forgets at once; null: anybody's may have. */
  forget(userId: string | null): void;
  /** Calls back whenever that user is forgotten. Returns its end. */
  watch(userId: string, onForget: () => void): () => void;
}

/** A check against the database with a short memory, for a desk asks many times a second. */
export function createBearerCheck(database: Database): BearerCheck {
  const believed = new Map<string, { bearer: Bearer; until: number }>();
  const watchers = new Set<{ userId: string; onForget: () => void }>();
  let forgotten = 0;
  return {
    check: async (token) => {
      const hash = hashToken(token);
      const known = believed.get(hash);
      if (known !== undefined && known.until > Date.now()) return known.bearer;
      believed.delete(hash);
      const before = forgotten;
      const bearer = await lookUp(database, hash);
      // What was read while somebody was forgotten may be from before.
      if (bearer !== null && before === forgotten) {
        if (believed.size >= REMEMBERED) believed.clear();
        believed.set(hash, { bearer, until: Date.now() + BELIEVED_MS });
      }
      return bearer;
    },
    forget: (userId) => {
      forgotten += 1;
      for (const [hash, { bearer }] of believed) {
        if (userId === null || bearer.userId === userId) believed.delete(hash);
      }
      for (const watcher of [...watchers]) if (userId === null || watcher.userId === userId) watcher.onForget();
    },
    watch: (userId, onForget) => {
      const watcher = { userId, onForget };
      watchers.add(watcher);
      return () => watchers.delete(watcher);
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
