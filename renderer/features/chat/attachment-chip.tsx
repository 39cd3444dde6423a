import { ChevronDown, FileSpreadsheet, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { ProductListAnswer } from '../../../shared/contract/index.ts';
import { IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCount, formatNumber } from '../../components/format.ts';
import { useNow } from '../../components/use-now.ts';
import { visible } from '../../components/visible-text.ts';
import { setAttachment, type Attachment } from './chat-store.ts';

/** The dropped list over the composer: being read, found, or refused. */
export function AttachmentChip({ slot, attachment }: { slot: string; attachment: Attachment }) {
  const [open, setOpen] = useState(false);
  const openRows = attachment.state === 'ready' ? attachment.answer.open_rows.length : 0;
  return (
    <div
      className={cx(
        'rounded-lg border px-2.5 py-1.5 text-[0.8125rem]',
        attachment.state === 'failed' ? 'border-bad/50 bg-bad-soft' : 'border-line bg-surface',
      )}
    >
      <div className="flex items-center gap-2">
        <ChipIcon attachment={attachment} />
        <div className="min-w-0 flex-1" role="status">
          <p className="truncate font-medium">{visible(attachment.name)}</p>
          <p className={attachment.state === 'failed' ? 'text-xs text-bad' : 'text-xs text-muted'}>
            <ChipWords attachment={attachment} />
          </p>
        </div>
        {openRows > 0 ? (
          <IconButton
            label={`${formatCount(openRows, 'row needs', 'rows need')} a look`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown className={cx('transition-transform', open && 'rotate-180')} aria-hidden />
          </IconButton>
        ) : null}
        <IconButton label="Take the list off" onClick={() => setAttachment(slot, null)}>
          <X aria-hidden />
        </IconButton>
      </div>
      {open && attachment.state === 'ready' ? <OpenRows answer={attachment.answer} /> : null}
    </div>
  );
}

function ChipIcon({ attachment }: { attachment: Attachment }) {
  if (attachment.state === 'reading')
    return <LoaderCircle className="size-4 shrink-0 animate-spin text-accent" aria-hidden />;
  if (attachment.state === 'failed') return <TriangleAlert className="size-4 shrink-0 text-bad" aria-hidden />;
  return <FileSpreadsheet className="size-4 shrink-0 text-good" aria-hidden />;
}

function ChipWords({ attachment }: { attachment: Attachment }) {
  if (attachment.state === 'reading') return <Reading since={attachment.startedAt} />;
  if (attachment.state === 'failed') return attachment.failure.message;
  const { summary, column, counts } = attachment.answer;
  return (
    <>
      {summary}
      {counts.duplicates > 0 ? ` · ${formatCount(counts.duplicates, 'duplicate', 'duplicates')}` : ''}
      {column ? ` · from column “${visible(column)}”` : ''}
    </>
  );
}

function Reading({ since }: { since: number }) {
  const seconds = Math.floor((useNow(1000) - since) / 1000);
  return <>Reading and matching…{seconds >= 2 ? ` ${seconds} s` : ''}</>;
}

const MATCHES = { likely: 'likely', ambiguous: 'more than one', none: 'not found' } as const;

function OpenRows({ answer }: { answer: ProductListAnswer }) {
  const total = answer.counts.likely + answer.counts.ambiguous + answer.counts.none;
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label="Rows that need a look"
      className="mt-2 max-h-48 overflow-y-auto border-t border-line"
    >
      <table className="w-full text-left text-xs">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1 font-medium">
              In the list
            </th>
            <th scope="col" className="py-1 font-medium">
              Match
            </th>
            <th scope="col" className="py-1 font-medium">
              Suggestion
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.open_rows.map((row, index) => (
            <tr key={index} className="border-t border-line">
              <td className="max-w-28 truncate py-1 pr-2">{visible(row.reference)}</td>
              <td className={cx('py-1 pr-2 whitespace-nowrap', row.match === 'none' ? 'text-bad' : 'text-warn')}>
                {MATCHES[row.match]}
              </td>
              <td className="max-w-28 truncate py-1">{row.suggestion ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > answer.open_rows.length ? (
        <p className="py-1 text-xs text-muted">and {formatNumber(total - answer.open_rows.length)} more</p>
      ) : null}
    </div>
  );
}
