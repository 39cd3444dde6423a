import type { QueryClient } from '@tanstack/react-query';
import type { Decision, PendingApproval, SendRequest, TurnOutcome } from '../../../shared/contract/index.ts';
import { fail, type Result } from '../../../shared/errors/index.ts';
import { ask, uploadProductList } from '../../desk/client.ts';
import { toast } from '../../components/toasts.tsx';
import {
  adoptSession,
  NEW_SESSION,
  setAttachment,
  setDraft,
  setEditing,
  setSending,
  slotOf,
  useChat,
} from './chat-store.ts';
import { showReplaced } from './message-cache.ts';
import { chatKeys } from './queries.ts';
import { takeTurnEvent } from './turn-events.ts';
import { forgetWaitingTurn } from './live-store.ts';

export interface NewMessage {
  sessionId: string | null;
  text: string;
  context: Pick<SendRequest, 'context_type' | 'context_id'> | null;
  /** The sent message that it takes the place of. */
  replaces?: string | undefined;
}

/**
 * The answer to a send says how the turn ended or that it waits. Its events usually came first; where they did not
 * (a broken push channel) the answer alone tells.
 */
function settle(client: QueryClient, outcome: TurnOutcome): void {
  takeTurnEvent(client, outcome.session_id, { type: 'turn.ended', outcome });
}

/** Sends a message; a message that could not be stored becomes the draft again, with the reason. */
export async function sendMessage(client: QueryClient, message: NewMessage): Promise<void> {
  const slot = slotOf(message.sessionId);
  const attachment = useChat.getState().attachments[slot];
  const selection = attachment?.state === 'ready' ? attachment.answer.selection_id : null;
  setSending(slot, { text: message.text, sentAt: new Date().toISOString(), failure: null });
  setEditing(slot, null);
  setAttachment(slot, null);
  if (message.replaces && message.sessionId) showReplaced(client, message.sessionId, message.replaces);
  const result = await ask('chat.send', {
    message: message.text,
    session_id: message.sessionId,
    ...(message.context ?? {}),
    ...(selection ? { selection_id: selection } : {}),
    ...(message.replaces ? { replaces: message.replaces } : {}),
  });
  if (result.ok) {
    if (slot === NEW_SESSION && useChat.getState().sending[NEW_SESSION]) adoptSession(result.value.session_id);
    setSending(slot, null);
    settle(client, result.value);
    return;
  }
  setSending(slot, { text: message.text, sentAt: new Date().toISOString(), failure: result.failure });
  if (!useChat.getState().drafts[slot]) setDraft(slot, message.text);
  if (attachment) setAttachment(slot, attachment);
  if (message.sessionId && message.replaces) {
    setEditing(slot, { id: message.replaces, text: useChat.getState().drafts[slot] ?? message.text });
    await client.invalidateQueries({ queryKey: chatKeys.messages(message.sessionId) });
  }
}

/** Makes the last answer of a conversation anew. */
export async function answerAgain(client: QueryClient, sessionId: string, answerId: string): Promise<void> {
  showReplaced(client, sessionId, answerId);
  const result = await ask('chat.regenerate', { session_id: sessionId });
  if (result.ok) return settle(client, result.value);
  toast('bad', result.failure.message);
  await client.invalidateQueries({ queryKey: chatKeys.messages(sessionId) });
}

/** Says yes or no to a change that waits, as it was shown. The turn goes on by events. */
export async function decide(
  client: QueryClient,
  { id, shown, session_id }: PendingApproval,
  decision: Decision,
): Promise<Result<TurnOutcome>> {
  return settled(client, session_id, await ask('chat.decide', { id, shown, ...decision }));
}

/** One answer to several changes that wait beside each other, as they were shown. */
export async function decideAll(
  client: QueryClient,
  approvals: readonly PendingApproval[],
  decision: Decision['decision'],
): Promise<Result<TurnOutcome>> {
  const shown = approvals.map(({ id, shown }) => ({ id, shown }));
  const result = await ask('chat.decide_all', { approvals: shown, decision });
  return settled(client, approvals[0]?.session_id ?? '', result);
}

/** A decision that did not count was made on something that is no longer so: what is so now is read. */
async function settled(
  client: QueryClient,
  sessionId: string,
  result: Result<TurnOutcome>,
): Promise<Result<TurnOutcome>> {
  if (result.ok) {
    settle(client, result.value);
    return result;
  }
  await client.invalidateQueries({ queryKey: chatKeys.all });
  if (result.failure.code === 'approval_gone' || result.failure.code === 'approval_changed') {
    forgetWaitingTurn(sessionId);
    toast('bad', result.failure.message);
  }
  return result;
}

/** Begins to take a change back; it waits for approval like any other. */
export async function undoChange(client: QueryClient, sessionId: string, id: string): Promise<void> {
  const result = await ask('chat.undo', { session_id: sessionId, id });
  if (result.ok) settle(client, result.value);
  else toast('bad', result.failure.message);
}

/** Stops the running turn of a session. */
export async function stopTurn(sessionId: string): Promise<void> {
  const result = await ask('chat.stop', { session_id: sessionId });
  if (!result.ok) toast('bad', result.failure.message);
}

/** Hands a dropped file to the desk and hangs what was found on the conversation's next message. */
export async function attachProductList(slot: string, file: File): Promise<void> {
  const started: ReturnType<typeof useChat.getState>['attachments'][string] = {
    state: 'reading',
    name: file.name,
    startedAt: Date.now(),
  };
  setAttachment(slot, started);
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
  const result = bytes === null ? fail('file_unreadable') : await uploadProductList(file.name, bytes);
  // Taken off, or replaced by another file, while it was read.
  if (useChat.getState().attachments[slot] !== started) return;
  if (result.ok) setAttachment(slot, { state: 'ready', name: file.name, answer: result.value });
  else setAttachment(slot, { state: 'failed', name: file.name, failure: result.failure });
}
