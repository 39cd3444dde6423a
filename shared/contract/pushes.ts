import type { PipelineEvent } from '../domain/index.ts';
import type { TurnEvent } from './chat.ts';
import type { ConnectionState, DeskState } from './state.ts';

/** Everything a desk tells its windows unasked. One channel on IPC, one WebSocket on the browser door. */
export type DeskPush =
  | { type: 'pipeline.event'; event: PipelineEvent }
  | { type: 'turn.event'; session_id: string; event: TurnEvent }
  | { type: 'desk.state'; state: DeskState }
  | { type: 'connection'; connection: ConnectionState }
  | { type: 'navigate'; view: 'orders' | 'order' | 'products' | 'product' | 'settings'; id: string | null };
