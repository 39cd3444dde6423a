import { useQueryClient } from '@tanstack/react-query';
import { Paperclip, Send, Square } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { IconButton } from '../../components/button.tsx';
import { AttachmentChip } from './attachment-chip.tsx';
import { setDraft, slotOf, useChat } from './chat-store.ts';
import { ContextChip } from './context-chip.tsx';
import { asRequest, useContextToSend, type OpenContext } from './context.ts';
import { sendMessage, stopTurn } from './mutations.ts';
import { PRODUCT_LIST_TYPES, takeFiles } from './take-files.ts';
import { useThread } from './thread.tsx';

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
  const text = draft.trim();
  const canSend = text !== '' && !running && !waiting && attachment?.state !== 'reading';
  const send = () => {
    if (canSend) void sendMessage(client, { sessionId, text, context: asRequest(toSend) });
  };
  return { slot, draft, attachment, running, waiting, toSend, canSend, send };
}

/** Where one writes: Enter sends, Shift+Enter breaks the line. Drafts stay with their conversation. */
export function Composer({ sessionId, context }: ComposerProps) {
  const { slot, draft, attachment, running, waiting, toSend, canSend, send } = useComposer({ sessionId, context });
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="shrink-0 space-y-2 border-t border-line p-3">
      {toSend ? <ContextChip context={toSend} /> : null}
      {attachment ? <AttachmentChip slot={slot} attachment={attachment} /> : null}
      <div className="flex items-end gap-1 rounded-xl border border-line-strong/60 bg-surface p-1 focus-within:border-accent">
        <AttachButton slot={slot} />
        <textarea
          ref={field}
          id="composer"
          rows={1}
          maxLength={20_000}
          aria-label="Message to the assistant"
          placeholder={waiting ? 'Decide above first' : 'Say what should happen'}
          value={draft}
          onChange={(event) => setDraft(slot, event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-40 min-h-8 min-w-0 flex-1 resize-none bg-transparent px-1 py-1.5 outline-none placeholder:text-muted"
        />
        {running && sessionId !== null ? (
          <IconButton
            label="Stop the answer"
            className="bg-sunken text-content"
            onClick={() => void stopTurn(sessionId)}
          >
            <Square className="fill-current" aria-hidden />
          </IconButton>
        ) : (
          <IconButton
            label="Send"
            disabled={!canSend}
            onClick={send}
            className="bg-accent text-on-accent hover:bg-accent-strong hover:text-on-accent"
          >
            <Send aria-hidden />
          </IconButton>
        )}
      </div>
    </div>
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
