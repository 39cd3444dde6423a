import type { Tx } from '../db/index.ts';
import type { Role } from '../../shared/domain/index.ts';

/** Who acts, for which tenant, through which door. The tenant comes from the token, never from an argument. */
export interface Actor {
  tenantId: string;
  userId: string;
  userName: string;
  role: Role;
  /** The `Renderdesk-Origin` header: `click` or `assistant; tool_call=<id>`. */
  origin: string;
}

/** The queue that hands renders to workers. Its writes belong to the transaction they are given. */
export interface RenderQueue {
  enqueue(tx: Tx, tenantId: string, renderIds: readonly string[]): Promise<void>;
  /** Takes renders out that no worker has started. */
  remove(tx: Tx, renderIds: readonly string[]): Promise<void>;
  /** Somebody looks at a render of the sample history whose image is still to be drawn: it comes next. */
  drawSampleSoon(renderId: string): Promise<void>;
}

/** What a domain function works with: one transaction that sees exactly the actor's tenant. */
export interface Context {
  tx: Tx;
  actor: Actor;
}

/** What a change works with. `lock`: rows it decides on are locked, for the change is about to be made. */
export interface ChangeContext extends Context {
  queue: RenderQueue;
  lock: boolean;
}
