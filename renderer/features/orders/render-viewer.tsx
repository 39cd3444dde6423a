import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { useEffect } from 'react';
import type { Render } from '../../../shared/domain/index.ts';
import { IconButton } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { describeSettings, formatBytes, formatDateTime, formatDuration, formatTime } from '../../components/format.ts';
import { Link } from '../../components/link.tsx';
import { ErrorState, Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { StatusChip } from '../../components/status-chip.tsx';
import { mediaUrl } from '../../desk/client.ts';
import { useTimeZone } from '../../desk/queries.ts';
import { LineImage } from './line-image.tsx';
import { renderLogQuery, renderQuery } from './queries.ts';
import type { ShownLine } from './shown-line.ts';

interface RenderViewerProps {
  line: ShownLine;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** One render: the full picture, its settings, its log, and why it failed. Arrow keys go to its neighbours. */
export function RenderViewer({ line, onClose, onPrevious, onNext }: RenderViewerProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'ArrowLeft') onPrevious?.();
      if (event.key === 'ArrowRight') onNext?.();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onPrevious, onNext]);
  const hasImage = line.has_image && line.render_id !== null;
  return (
    <Dialog title={`${line.product.pim_id} · ${line.product.name}`} size="xl" onClose={onClose}>
      <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="relative grid h-[clamp(14rem,62vh,46rem)] place-items-center overflow-hidden rounded-lg border border-line">
          {hasImage && line.render_id ? (
            <img
              src={mediaUrl(line.render_id, 'image')}
              alt={`Render of ${line.product.name}`}
              className="checkered absolute inset-0 m-auto max-h-full max-w-full"
            />
          ) : (
            <LineImage line={line} />
          )}
          <span className="absolute inset-y-0 left-1 flex items-center">
            <IconButton label="Previous render" className="bg-raised" disabled={!onPrevious} onClick={onPrevious}>
              <ChevronLeft aria-hidden />
            </IconButton>
          </span>
          <span className="absolute inset-y-0 right-1 flex items-center">
            <IconButton label="Next render" className="bg-raised" disabled={!onNext} onClick={onNext}>
              <ChevronRight aria-hidden />
            </IconButton>
          </span>
        </div>
        <aside className="min-w-0 space-y-4">
          <div className="flex flex-wrap items-center gap-2">
            <StatusChip status={line.shown} />
            <Link to={{ view: 'product', id: line.product.id }} className="text-accent underline underline-offset-2">
              Product
            </Link>
            {hasImage && line.render_id ? <DownloadLink line={line} renderId={line.render_id} /> : null}
          </div>
          {line.error ? <Notice tone="bad">{line.error}</Notice> : null}
          {line.render_id ? (
            <RenderDetails renderId={line.render_id} />
          ) : (
            <p className="text-muted">Not rendered yet.</p>
          )}
        </aside>
      </div>
    </Dialog>
  );
}

function DownloadLink({ line, renderId }: { line: ShownLine; renderId: string }) {
  const render = useQuery(renderQuery(renderId)).data;
  return (
    <a
      href={mediaUrl(renderId, 'image')}
      download={`${line.product.pim_id}.${render?.settings.format ?? 'image'}`}
      className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
    >
      <Download className="size-4" aria-hidden /> Download
    </a>
  );
}

function RenderDetails({ renderId }: { renderId: string }) {
  const render = useQuery(renderQuery(renderId));
  if (render.isPending) return <Skeleton className="h-24" />;
  if (render.isError) return <ErrorState error={render.error} onRetry={() => void render.refetch()} />;
  return (
    <>
      <RenderFacts render={render.data} />
      <RenderLog renderId={renderId} />
    </>
  );
}

function RenderFacts({ render }: { render: Render }) {
  const timeZone = useTimeZone();
  const facts: [string, string][] = [
    ['Settings', describeSettings(render.settings).join(' · ')],
    ['Attempt', String(render.attempt)],
  ];
  if (render.started_at) facts.push(['Started', formatDateTime(render.started_at, timeZone)]);
  if (render.duration_ms !== null) facts.push(['Duration', formatDuration(render.duration_ms)]);
  if (render.image_bytes !== null) facts.push(['File size', formatBytes(render.image_bytes)]);
  return (
    <dl className="space-y-1.5 text-[0.8125rem]">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-2">
          <dt className="w-18 shrink-0 text-muted">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function RenderLog({ renderId }: { renderId: string }) {
  const timeZone = useTimeZone();
  const log = useQuery(renderLogQuery(renderId));
  return (
    <section aria-label="Log">
      <h3 className="mb-1 text-xs font-medium text-muted">Log</h3>
      {log.isError ? <ErrorState error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.data?.length === 0 ? <p className="text-muted">The log is empty.</p> : null}
      {log.data && log.data.length > 0 ? (
        <ol tabIndex={0} className="max-h-64 overflow-auto rounded-md bg-sunken p-2 font-mono text-xs">
          {log.data.map((entry, index) => (
            <li key={index} className="flex gap-2">
              <span className="shrink-0 text-muted">{formatTime(entry.at, timeZone)}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">{entry.text}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}
