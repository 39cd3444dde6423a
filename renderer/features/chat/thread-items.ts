import type { ChatMessage } from '../../../shared/contract/index.ts';
import { isStillTold, type MessageStatus } from '../../../shared/domain/index.ts';
import type { Failure } from '../../../shared/errors/index.ts';
import type { Sending } from './chat-store.ts';
import { changedBy } from './changed-by.ts';
import { segmentsOf, type LiveTurn, type Segment } from './live-turn.ts';

/** One entry of a conversation as it is drawn. */
export type ThreadItem =
  | {
      kind: 'user';
      key: string;
      text: string;
      at: string;
      pending: boolean;
      failure: Failure | null;
      /** Edited since, and shown because it changed something. */
      replaced: boolean;
    }
  | {
      kind: 'assistant';
      key: string;
      segments: readonly Segment[];
      at: string;
      status: MessageStatus;
      /** Its text still comes in. */
      streaming: boolean;
      failure: Failure | null;
      retryAt: string | null;
      replaced: boolean;
    };

const known = new WeakMap<ChatMessage, ThreadItem>();

/** A stored message as an item; the same object for the same message, so that nothing is drawn anew for nothing. */
function itemOf(message: ChatMessage): ThreadItem {
  const before = known.get(message);
  if (before) return before;
  const item: ThreadItem =
    message.role === 'user'
      ? {
          kind: 'user',
          key: message.id,
          text: message.content,
          at: message.created_at,
          pending: false,
          failure: null,
          replaced: message.superseded,
        }
      : {
          kind: 'assistant',
          key: message.id,
          segments: segmentsOf(message),
          at: message.created_at,
          status: message.status,
          streaming: message.status === 'running',
          failure: message.error,
          retryAt: null,
          replaced: message.superseded,
        };
  known.set(message, item);
  return item;
}

/**
 * What is stored, as items. System messages are the desk's own and not shown; what was replaced is shown only where it changed
 * something.
 */
export function storedItems(messages: readonly ChatMessage[]): ThreadItem[] {
  return messages
    .filter((message, at) => message.role !== 'system' && isStillTold(messages, at, hasChanged))
    .map(itemOf);
}

function hasChanged(message: ChatMessage): boolean {
  return changedBy(segmentsOf(message)) !== null;
}

function liveItem(turn: LiveTurn): ThreadItem {
  return {
    kind: 'assistant',
    key: turn.responseId,
    segments: turn.segments,
    at: turn.startedAt,
    status: turn.status,
    streaming: turn.status === 'running',
    failure: null,
    retryAt: turn.retryAt,
    replaced: false,
  };
}

/** The conversation: what is stored, then what is on its way. */
export function threadItems(
  stored: readonly ThreadItem[],
  live: LiveTurn | undefined,
  sending: Sending | undefined,
): ThreadItem[] {
  const items = live ? stored.filter((item) => item.key !== live.responseId) : [...stored];
  const question = live?.question;
  if (question && !items.some((item) => item.key === question.id)) items.push(itemOf(question));
  if (live) items.push(liveItem(live));
  if (sending) {
    const { text, sentAt: at, failure } = sending;
    items.push({ kind: 'user', key: `sending ${at}`, text, at, pending: failure === null, failure, replaced: false });
  }
  return items;
}
