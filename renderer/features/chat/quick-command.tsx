import { Plus } from 'lucide-react';
import { Mark } from '../../app/mark.tsx';
import { IconButton } from '../../components/button.tsx';
import { useDeskState, useMe } from '../../desk/queries.ts';
import { AiUnavailable } from './ai-unavailable.tsx';
import { Announcer } from './announcer.tsx';
import { openSession, slotOf, useChat } from './chat-store.ts';
import { useReading } from './chat-panel.tsx';
import { Composer } from './composer.tsx';
import { DropZone } from './drop-zone.tsx';
import { Thread } from './thread.tsx';

/** The quick command's window: one line to say it, and the answer or the approval below. */
export function QuickCommand() {
  const sessionId = useChat((state) => state.activeSession);
  const sending = useChat((state) => state.sending[slotOf(sessionId)]);
  const ai = useDeskState()?.ai;
  const me = useMe();
  useReading(sessionId);
  if (me?.tenant.ai_enabled === false) {
    return <p className="p-4 text-muted">The assistant is switched off for your company. Ask your admin.</p>;
  }
  return (
    <main className="flex h-full flex-col bg-raised">
      <DropZone slot={slotOf(sessionId)} enabled={ai?.state === 'ready'}>
        <header className="drag-window flex items-center gap-2 px-3 pt-2">
          <Mark className="size-5" />
          <h1 className="flex-1 text-xs font-medium text-muted">Renderdesk · {me?.tenant.name}</h1>
          {sessionId === null ? null : (
            <IconButton label="New conversation" onClick={() => openSession(null)}>
              <Plus aria-hidden />
            </IconButton>
          )}
        </header>
        {ai && ai.state !== 'ready' ? (
          <AiUnavailable ai={ai} />
        ) : (
          <Composer key={slotOf(sessionId)} sessionId={sessionId} context={null} />
        )}
        {sessionId === null && sending === undefined ? (
          <p className="grid flex-1 place-items-center px-6 text-center text-muted">
            Enter sends. Changes are shown with their effect first. Esc closes.
          </p>
        ) : (
          <Thread sessionId={sessionId} />
        )}
        <Announcer sessionId={sessionId} />
      </DropZone>
    </main>
  );
}
