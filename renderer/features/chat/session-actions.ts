import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { ChatChangeRequest, ExportFormat } from '../../../shared/contract/index.ts';
import type { ChatSession } from '../../../shared/domain/index.ts';
import { toast } from '../../components/toasts.tsx';
import { ask, call } from '../../desk/client.ts';
import { openSession, useChat } from './chat-store.ts';
import { markRead, useLiveTurns } from './live-store.ts';
import { chatKeys } from './queries.ts';

/** Renames or pins a conversation. */
export function useChangeSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ChatChangeRequest) => call('chat.change', change),
    onSuccess: (session) => {
      patchSession(client, session);
      return client.invalidateQueries({ queryKey: chatKeys.sessions });
    },
    onError: (error) => toast('bad', error.message),
  });
}

/** What is on the screen counts as read, in all windows and at all desks of its user. */
export async function readSession(client: QueryClient, sessionId: string): Promise<void> {
  markRead(sessionId);
  const read = await ask('chat.change', { session_id: sessionId, read: true });
  // What could not be marked is marked when it is looked at again.
  if (read.ok) patchSession(client, read.value);
}

function patchSession(client: QueryClient, session: ChatSession): void {
  client.setQueriesData<ChatSession[]>({ queryKey: chatKeys.sessions }, (sessions) =>
    sessions?.map((known) => (known.session_id === session.session_id ? session : known)),
  );
}

/** Deletes a conversation for good. */
export function useDeleteSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) => call('chat.delete', { session_id: sessionId }),
    onSuccess: (_answer, sessionId) => {
      if (useChat.getState().activeSession === sessionId) openSession(null);
      const { [sessionId]: _gone, ...turns } = useLiveTurns.getState().turns;
      useLiveTurns.setState({ turns });
      markRead(sessionId);
      client.removeQueries({ queryKey: chatKeys.messages(sessionId) });
      return client.invalidateQueries({ queryKey: chatKeys.sessions });
    },
    onError: (error) => toast('bad', error.message),
  });
}

/** Saves a conversation as a file. */
export async function exportSession(sessionId: string, format: ExportFormat): Promise<void> {
  const file = await ask('chat.export', { session_id: sessionId, format });
  if (!file.ok) return toast('bad', file.failure.message);
  const url = URL.createObjectURL(new Blob([file.value.text], { type: file.value.media_type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.value.file_name;
  link.click();
  // The browser reads the address after this turn of its loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
