import { useQuery } from '@tanstack/react-query';
import { Clock3, List, Pencil, Send, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { QueuedMessage } from '../../../shared/contract/index.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { queueQuery } from './queries.ts';
import { changeQueue } from './queue.ts';

/** What waits to be sent once the turn ends, above the field; why it is held where it is. */
export function QueuedMessages({ sessionId }: { sessionId: string }) {
  const queue = useQuery(queueQuery(sessionId)).data;
  if (queue === undefined || queue.messages.length === 0) return null;
  const { messages, held } = queue;
  return (
    <section aria-label="Messages that wait" className="space-y-1">
      <ul className="max-h-40 space-y-1 overflow-y-auto">
        {messages.map((message) => (
          <QueuedRow key={message.id} queued={message} sessionId={sessionId} />
        ))}
      </ul>
      {held ? (
        <Notice
          tone="warn"
          action={
            <Button size="sm" icon={<Send aria-hidden />} onClick={() => void changeQueue(sessionId, { kind: 'send' })}>
              Send now
            </Button>
          }
        >
          Not sent, for the answer before ended with: {held.message}
        </Notice>
      ) : null}
    </section>
  );
}

function QueuedRow({ queued, sessionId }: { queued: QueuedMessage; sessionId: string }) {
  const [editing, setEditing] = useState(false);
  const { id, message, has_list } = queued;
  if (editing) return <QueuedEdit queued={queued} sessionId={sessionId} onDone={() => setEditing(false)} />;
  return (
    <li className="flex items-center gap-1 rounded-lg border border-dashed border-line-strong/60 bg-surface py-0.5 pr-0.5 pl-2">
      <Clock3 className="size-4 shrink-0 text-muted" aria-label="waits" />
      <span className="min-w-0 flex-1 truncate" title={message}>
        {message}
      </span>
      {has_list ? <List className="size-4 shrink-0 text-muted" aria-label="with a product list" /> : null}
      <IconButton label={`Edit the waiting message “${message}”`} onClick={() => setEditing(true)}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton
        label={`Remove the waiting message “${message}”`}
        onClick={() => void changeQueue(sessionId, { kind: 'remove', id })}
      >
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

interface QueuedEditProps {
  queued: QueuedMessage;
  sessionId: string;
  onDone: () => void;
}

function QueuedEdit({ queued: { id, message }, sessionId, onDone }: QueuedEditProps) {
  const [words, setWords] = useState(message);
  const save = () => {
    if (words.trim() !== '') void changeQueue(sessionId, { kind: 'edit', id, message: words.trim() });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li className="flex items-end gap-1">
      <textarea
        autoFocus
        rows={1}
        maxLength={20_000}
        aria-label="The waiting message"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-32 min-h-8 min-w-0 flex-1 resize-none rounded-md border border-line-strong/60 bg-surface px-2 py-1"
      />
      <Button size="sm" onClick={save}>
        Save
      </Button>
    </li>
  );
}
