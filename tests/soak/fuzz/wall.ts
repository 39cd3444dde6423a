import type { LoginAnswer } from '../../../shared/domain/index.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Knows what belongs to which tenant, and finds it in an answer to another one. */
export class Wall {
  /** Tenant of every id that was in one tenant's own lists. */
  readonly #owner = new Map<string, string>();
  readonly #named = new Map<string, Set<string>>();
  readonly #names = new Map<string, readonly string[]>();

  /** Names that stand for a tenant: its own, and those of its users. */
  addUser({ user, tenant }: LoginAnswer): void {
    const names = this.#names.get(tenant.id) ?? [tenant.name, tenant.id];
    this.#names.set(tenant.id, [...names, user.email, user.name, user.id]);
  }

  /** A client may choose ids (of chats, messages, tool calls) and names itself: what a tenant named is not another's secret. */
  noteRequest(tenantId: string, request: string): void {
    const named = this.#named.get(tenantId) ?? new Set<string>();
    for (const id of request.match(UUID) ?? []) named.add(id);
    for (const names of this.#names.values()) for (const name of names) if (request.includes(name)) named.add(name);
    this.#named.set(tenantId, named);
  }

  /** Every id in this text, an answer to that tenant, is the tenant's. */
  learn(tenantId: string, text: string): void {
    for (const id of text.match(UUID) ?? []) if (!this.#owner.has(id)) this.#owner.set(id, tenantId);
  }

  /** Something of another tenant in an answer to this one; what its own requests named is no news. */
  leakIn(tenantId: string, answer: string): string | null {
    for (const id of answer.match(UUID) ?? []) {
      const owner = this.#owner.get(id);
      if (owner !== undefined && owner !== tenantId && this.#named.get(tenantId)?.has(id) !== true) return id;
    }
    for (const [owner, names] of this.#names) {
      const leaked =
        owner === tenantId
          ? undefined
          : names.find((name) => answer.includes(name) && this.#named.get(tenantId)?.has(name) !== true);
      if (leaked !== undefined) return leaked;
    }
    return null;
  }
}
