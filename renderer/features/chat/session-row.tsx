import { Download, FileJson, MoreHorizontal, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { ChatSession } from '../../../shared/domain/index.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatTime } from '../../components/format.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { useTimeZone } from '../../desk/queries.ts';
import { useLiveTurns } from './live-store.ts';
import { exportSession, useChangeSession, useDeleteSession } from './session-actions.ts';

interface SessionRowProps {
  session: ChatSession;
  current: boolean;
  onOpen: () => void;
}

/** One conversation of the list. With the row in focus: F2 renames, P pins, Delete asks whether to delete. */
export function SessionRow({ session, current, onOpen }: SessionRowProps) {
  const [mode, setMode] = useState<'row' | 'rename' | 'delete'>('row');
  const change = useChangeSession();
  const { session_id, title, pinned } = session;
  const pin = () => change.mutate({ session_id, pinned: !pinned });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'F2') setMode('rename');
    else if (event.key === 'Delete') setMode('delete');
    else if (event.key.toLowerCase() === 'p') pin();
    else return;
    event.preventDefault();
  };
  if (mode === 'delete') return <ConfirmDelete session={session} onDone={() => setMode('row')} />;
  if (mode === 'rename') return <Rename session={session} onDone={() => setMode('row')} />;
  return (
    <li className={cx('flex items-center rounded-md hover:bg-sunken', current && 'bg-accent-soft')}>
      <button
        type="button"
        data-session={session_id}
        aria-current={current}
        onClick={onOpen}
        onKeyDown={onKeyDown}
        className="min-w-0 flex-1 rounded-md px-2 py-1.5 text-left"
      >
        <SessionTitle session={session} />
        <SessionNews session={session} />
      </button>
      <Menu
        trigger={
          <IconButton label={`More for “${title}”`}>
            <MoreHorizontal aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setMode('rename')}>
          Rename
        </MenuItem>
        <MenuItem icon={pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />} onSelect={pin}>
          {pinned ? 'Unpin' : 'Pin to the top'}
        </MenuItem>
        <MenuItem icon={<Download aria-hidden />} onSelect={() => void exportSession(session_id, 'markdown')}>
          Save as Markdown
        </MenuItem>
        <MenuItem icon={<FileJson aria-hidden />} onSelect={() => void exportSession(session_id, 'json')}>
          Save as JSON
        </MenuItem>
        <MenuItem icon={<Trash2 aria-hidden />} onSelect={() => setMode('delete')}>
          Delete…
        </MenuItem>
      </Menu>
    </li>
  );
}

function SessionTitle({ session: { session_id, title, pinned, unread } }: { session: ChatSession }) {
  const isNew = useLiveTurns((state) => state.unread.has(session_id)) || unread;
  return (
    <span className="flex items-center gap-1.5">
      {isNew ? <span className="size-2 shrink-0 rounded-full bg-accent" aria-label="unread" role="img" /> : null}
      {pinned ? <Pin className="size-3.5 shrink-0 text-muted" aria-label="pinned" /> : null}
      <span className={cx('truncate', isNew ? 'font-semibold' : 'font-medium')}>{title}</span>
    </span>
  );
}

/** What goes on in it, or what was said last. */
function SessionNews({ session }: { session: ChatSession }) {
  const timeZone = useTimeZone();
  const live = useLiveTurns((state) => state.turns[session.session_id]?.status);
  const state = live ?? session.state;
  return (
    <span className="flex items-center gap-1 text-xs text-muted">
      {state === 'running' ? <span className="shrink-0 font-medium text-info">Answering…</span> : null}
      {state === 'waiting' ? <span className="shrink-0 font-medium text-warn">Waits for approval</span> : null}
      <span className="truncate">
        {state === 'idle' ? '' : '· '}
        {formatTime(session.updated_at, timeZone)}
        {session.last_message === '' ? '' : ` · ${plainWords(session.last_message)}`}
      </span>
    </span>
  );
}

/** An answer's Markdown in one line of plain words. */
function plainWords(markdown: string): string {
  return markdown.replace(/[*_`#>]+/g, '').replace(/\s+/g, ' ');
}

function ConfirmDelete({ session, onDone }: { session: ChatSession; onDone: () => void }) {
  const remove = useDeleteSession();
  return (
    <li className="rounded-md bg-bad-soft px-2 py-1.5">
      <p className="text-bad">Delete “{session.title}” for good?</p>
      <p className="text-xs text-content">
        {session.state === 'idle' ? '' : 'What runs is stopped, and what waits is not done. '}
        Orders it made and the audit of its changes stay.
      </p>
      <div className="mt-1 flex justify-end gap-2">
        <Button size="sm" autoFocus onClick={onDone}>
          Keep
        </Button>
        <Button size="sm" variant="danger" busy={remove.isPending} onClick={() => remove.mutate(session.session_id)}>
          Delete
        </Button>
      </div>
    </li>
  );
}

function Rename({ session: { session_id, title }, onDone }: { session: ChatSession; onDone: () => void }) {
  const change = useChangeSession();
  const [name, setName] = useState(title);
  const save = () => {
    const wanted = name.trim();
    if (wanted !== '' && wanted !== title) change.mutate({ session_id, title: wanted });
    onDone();
  };
  return (
    <li className="flex items-center gap-1 px-1 py-1">
      <input
        autoFocus
        aria-label={`New name of “${title}”`}
        maxLength={200}
        value={name}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          // Escape ends the renaming, not the list.
          else if (event.key === 'Escape') onDone();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className="h-8 min-w-0 flex-1 rounded-md border border-line-strong/60 bg-surface px-2"
      />
      <Button size="sm" onClick={save}>
        Save
      </Button>
    </li>
  );
}
