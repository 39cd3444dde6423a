import type { QueryClient } from '@tanstack/react-query';
import type { ChatQueue, QueueChange } from '../../../shared/contract/index.ts';
import { toast } from '../../components/toasts.tsx';
import { ask } from '../../desk/client.ts';
import { setAttachment, setDraft, slotOf, useChat } from './chat-store.ts';
import type { NewMessage } from './mutations.ts';
import { chatKeys } from './queries.ts';

/** The desk told what waits in a conversation now. */
export function takeQueue(client: QueryClient, queue: ChatQueue): void {
  client.setQueryData<ChatQueue>(chatKeys.queue(queue.session_id), queue);
}

/** Changes what waits in a conversation; the desk tells all windows how it stands then. */
export async function changeQueue(sessionId: string, change: QueueChange): Promise<boolean> {
  const result = await ask('chat.change_queue', { session_id: sessionId, change });
  if (!result.ok) toast('bad', result.failure.message);
  return result.ok;
}

/** Lets a message wait for the running turn; its words go back into the field where it can't. */
export async function queueMessage(sessionId: string, { text, context }: Omit<NewMessage, 'sessionId'>): Promise<void> {
  const slot = slotOf(sessionId);
  const attachment = useChat.getState().attachments[slot];
  const selection = attachment?.state === 'ready' ? { selection_id: attachment.answer.selection_id } : {};
  setDraft(slot, '');
  setAttachment(slot, null);
  const request = { message: text, ...(context ?? {}), ...selection };
  if (await changeQueue(sessionId, { kind: 'add', request })) return;
  if (!useChat.getState().drafts[slot]) setDraft(slot, text);
  if (attachment) setAttachment(slot, attachment);
}
