import { useQueryClient } from '@tanstack/react-query';
import { ListPlus, Paperclip, Pencil, Send, Square } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import { AttachmentChip } from './attachment-chip.tsx';
import { setDraft, setEditing, slotOf, useChat } from './chat-store.ts';
import { ContextChip } from './context-chip.tsx';
import { asRequest, useContextToSend, type OpenContext } from './context.ts';
import { sendMessage, stopTurn } from './mutations.ts';
import { queueMessage } from './queue.ts';
import { QueuedMessages } from './queued-messages.tsx';
import { PRODUCT_LIST_TYPES, takeFiles } from './take-files.ts';
import { useThread } from './thread.tsx';
import { useLastTurn } from './use-last-turn.ts';

interface ComposerProps {
  sessionId: string | null;
  context: OpenContext | null;
}

/** What a message needs besides its words, and whether it may go now. */
function useComposer({ sessionId, context }: ComposerProps) {
  const client = useQueryClient();
  const slot = slotOf(sessionId);
  const draft = useChat((state) => state.drafts[slot] ?? '');
  const attachment = useChat((state) => state.attachments[slot]);
  const sending = useChat((state) => state.sending[slot]);
  const { items } = useThread(sessionId);
  const last = items.at(-1);
  const running = (sending !== undefined && sending.failure === null) || (last?.kind === 'assistant' && last.streaming);
  const waiting = last?.kind === 'assistant' && last.status === 'waiting';
  const toSend = useContextToSend(context);
  const replaces = useChat((state) => state.editing[slot]);
  const text = draft.trim();
  const busy = Boolean(running) || waiting;
  // An edited message takes the place of the one that waits; anything else waits behind it.
  const queues = busy && !(waiting && replaces !== undefined);
  const canSend = text !== '' && attachment?.state !== 'reading' && (!queues || sessionId !== null);
  const send = () => {
    if (!canSend) return;
    const message = { sessionId, text, context: asRequest(toSend), replaces };
    if (!queues) void sendMessage(client, message);
    else if (sessionId !== null) void queueMessage(sessionId, message);
  };
  return { slot, draft, attachment, running, waiting, queues, replaces, toSend, canSend, send };
}

/** Words for the empty field. */
function placeholderOf({ running, waiting }: { running: unknown; waiting: boolean }): string {
  if (waiting) return 'Decide above, or write what comes next';
  return running ? 'Write what comes next' : 'Say what should happen';
}

/** Where one writes: Enter sends, Shift+Enter breaks the line. Drafts stay with their conversation. */
export function Composer({ sessionId, context }: ComposerProps) {
  const composer = useComposer({ sessionId, context });
  const { slot, draft, attachment, running, replaces, toSend, send } = composer;
  const edit = useLastTurn(sessionId, useThread(sessionId).messages).edit;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // A new conversation that gets its id makes the field anew; what is open over it stays open.
    if (document.querySelector('[role=dialog]') === null) field.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'ArrowUp' && draft === '' && !running && edit) edit();
    else if (event.key === 'Escape' && replaces !== undefined) setEditing(slot, null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="shrink-0 space-y-2 border-t border-line p-3">
      {sessionId === null ? null : <QueuedMessages sessionId={sessionId} />}
      {toSend ? <ContextChip context={toSend} /> : null}
      {attachment ? <AttachmentChip slot={slot} attachment={attachment} /> : null}
      {replaces === undefined ? null : <EditingBar onCancel={() => setEditing(slot, null)} />}
      <div className="flex items-end gap-1 rounded-xl border border-line-strong/60 bg-surface p-1 focus-within:border-accent">
        <AttachButton slot={slot} />
        <textarea
          ref={field}
          id="composer"
          rows={1}
          maxLength={20_000}
          aria-label="Message to the assistant"
          placeholder={placeholderOf(composer)}
          value={draft}
          onChange={(event) => setDraft(slot, event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-40 min-h-8 min-w-0 flex-1 resize-none bg-transparent px-1 py-1.5 outline-none placeholder:text-muted"
        />
        <SendButtons sessionId={sessionId} composer={composer} />
      </div>
    </div>
  );
}

function EditingBar({ onCancel }: { onCancel: () => void }) {
  return (
    <div className="flex items-center gap-2 rounded-md bg-info-soft px-2 py-1 text-[0.8125rem] text-info">
      <Pencil className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 flex-1">Your last message is edited; sending replaces it and its answer.</span>
      <Button size="sm" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

interface SendButtonsProps {
  sessionId: string | null;
  composer: ReturnType<typeof useComposer>;
}

/** Sends, or lets wait what is written while a turn runs, which can be stopped. */
function SendButtons({ sessionId, composer: { draft, running, queues, canSend, send } }: SendButtonsProps) {
  const canStop = Boolean(running) && sessionId !== null;
  return (
    <>
      {canStop ? (
        <IconButton label="Stop the answer" className="bg-sunken text-content" onClick={() => void stopTurn(sessionId)}>
          <Square className="fill-current" aria-hidden />
        </IconButton>
      ) : null}
      {canStop && draft.trim() === '' ? null : (
        <IconButton
          label={queues ? 'Send when this ends' : 'Send'}
          disabled={!canSend}
          onClick={send}
          className="bg-accent text-on-accent hover:bg-accent-strong hover:text-on-accent"
        >
          {queues ? <ListPlus aria-hidden /> : <Send aria-hidden />}
        </IconButton>
      )}
    </>
  );
}

function AttachButton({ slot }: { slot: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label="Attach a product list (CSV or XLSX)" onClick={() => input.current?.click()}>
        <Paperclip aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept={PRODUCT_LIST_TYPES}
        aria-label="Product list"
        onChange={(event) => {
          takeFiles(slot, event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}
