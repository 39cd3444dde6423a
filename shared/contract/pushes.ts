import type { PipelineEvent } from '../domain/index.ts';
import type { ChatQueue } from './chat-sessions.ts';
import type { TurnEvent } from './chat.ts';
import type { ConnectionState, DeskState } from './state.ts';

/** Everything a desk tells its windows unasked. One channel on IPC, one WebSocket on the browser door. */
export type DeskPush =
  | { type: 'pipeline.event'; event: PipelineEvent }
  | { type: 'turn.event'; session_id: string; event: TurnEvent }
  | { type: 'chat.queue'; queue: ChatQueue }
  | { type: 'desk.state'; state: DeskState }
  | { type: 'connection'; connection: ConnectionState }
  | { type: 'navigate'; view: 'orders' | 'order' | 'products' | 'product' | 'settings'; id: string | null }
  /** The shell asks for the chat: a menu key (`toggle` hides it where it is open) or a clicked notification. */
  | { type: 'chat.show'; session_id: string | null; toggle: boolean };
