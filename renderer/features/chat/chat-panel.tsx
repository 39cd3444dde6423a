import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useDeskState } from '../../desk/queries.ts';
import { AiUnavailable } from './ai-unavailable.tsx';
import { Announcer } from './announcer.tsx';
import { ChatHeader } from './chat-header.tsx';
import { useChat, slotOf } from './chat-store.ts';
import { Composer } from './composer.tsx';
import type { OpenContext } from './context.ts';
import { DropZone } from './drop-zone.tsx';
import { EmptyChat } from './empty-chat.tsx';
import { useLiveTurns } from './live-store.ts';
import { GrantsBar } from './grants-bar.tsx';
import { OtherApprovals } from './other-approvals.tsx';
import { sessionsQuery } from './queries.ts';
import { readSession } from './session-actions.ts';
import { Thread } from './thread.tsx';
import { UsageLine } from './usage-line.tsx';

/** The assistant's panel: its conversation and the field to write into. */
export function ChatPanel({ context, onClose }: { context: OpenContext | null; onClose: () => void }) {
  const sessionId = useChat((state) => state.activeSession);
  const sending = useChat((state) => state.sending[slotOf(sessionId)]);
  const ai = useDeskState()?.ai;
  useReading(sessionId);
  const isEmpty = sessionId === null && sending === undefined;
  return (
    <DropZone slot={slotOf(sessionId)} enabled={ai?.state === 'ready'}>
      <ChatHeader sessionId={sessionId} onClose={onClose} />
      <OtherApprovals sessionId={sessionId} />
      <GrantsBar sessionId={sessionId} />
      {isEmpty ? <EmptyChat ready={ai?.state === 'ready'} /> : <Thread sessionId={sessionId} />}
      {ai && ai.state !== 'ready' ? (
        <AiUnavailable ai={ai} />
      ) : (
        <>
          <Composer key={slotOf(sessionId)} sessionId={sessionId} context={context} />
          <UsageLine sessionId={sessionId} />
        </>
      )}
      <Announcer sessionId={sessionId} />
    </DropZone>
  );
}

/** What is on the screen is read, as long as somebody looks at it. */
export function useReading(sessionId: string | null): void {
  const client = useQueryClient();
  const isNewHere = useLiveTurns((state) => sessionId !== null && state.unread.has(sessionId));
  const listed = useQuery(sessionsQuery()).data?.find((session) => session.session_id === sessionId);
  const unread = isNewHere || listed?.unread === true;
  useEffect(() => {
    if (!unread || sessionId === null) return;
    const read = () => {
      if (document.visibilityState === 'visible') void readSession(client, sessionId);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [client, unread, sessionId]);
}
