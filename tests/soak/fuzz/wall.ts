import type { LoginAnswer } from '../../../shared/domain/index.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Knows what belongs to which tenant, and finds it in an answer to another one. */
export class Wall {
  /** Tenant of every id that was in one tenant's own lists. */
  readonly #owner = new Map<string, string>();
  readonly #names = new Map<string, readonly string[]>();

  /** Names that stand for a tenant: its own, and those of its users. */
  addUser({ user, tenant }: LoginAnswer): void {
    const names = this.#names.get(tenant.id) ?? [tenant.name, tenant.id];
    this.#names.set(tenant.id, [...names, user.email, user.name, user.id]);
  }

  /** Every id in this text, an answer to that tenant, is the tenant's. */
  learn(tenantId: string, text: string): void {
    for (const id of text.match(UUID) ?? []) if (!this.#owner.has(id)) this.#owner.set(id, tenantId);
  }

  /** Something of another tenant in an answer to this one; what the request itself named is no news. */
  leakIn(tenantId: string, answer: string, request: string): string | null {
    for (const id of answer.match(UUID) ?? []) {
      const owner = this.#owner.get(id);
      if (owner !== undefined && owner !== tenantId && !request.includes(id)) return id;
    }
    for (const [owner, names] of this.#names) {
      const leaked =
        owner === tenantId ? undefined : names.find((name) => answer.includes(name) && !request.includes(name));
      if (leaked !== undefined) return leaked;
    }
    return null;
  }
}
