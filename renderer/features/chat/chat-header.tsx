import { Plus, X } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { useDeskState } from '../../desk/queries.ts';
import { openSession } from './chat-store.ts';
import { SessionMenu } from './session-menu.tsx';

/** Which conversation is open, and the ways to another, a new one, and out. */
export function ChatHeader({ sessionId, onClose }: { sessionId: string | null; onClose: () => void }) {
  const ai = useDeskState()?.ai;
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
      <div className="min-w-0 flex-1">
        <h2 className="flex items-center gap-2 leading-tight font-semibold">
          AI Assistant
          {ai?.state === 'ready' && ai.offline ? (
            <span title={ai.label} className="rounded bg-sunken px-1.5 text-xs font-normal text-muted">
              offline
            </span>
          ) : null}
        </h2>
        <SessionMenu sessionId={sessionId} />
      </div>
      <IconButton label="New conversation" onClick={() => openSession(null)}>
        <Plus aria-hidden />
      </IconButton>
      <IconButton label="Close the assistant" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
  );
}
