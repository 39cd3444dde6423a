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
import { markRead, useLiveTurns } from './live-store.ts';
import { GrantsBar } from './grants-bar.tsx';
import { OtherApprovals } from './other-approvals.tsx';
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

/** What is on the screen is read. */
export function useReading(sessionId: string | null): void {
  const unread = useLiveTurns((state) => sessionId !== null && state.unread.has(sessionId));
  useEffect(() => {
    if (unread && sessionId !== null) markRead(sessionId);
  }, [unread, sessionId]);
}
