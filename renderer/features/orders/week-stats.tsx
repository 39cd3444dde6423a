import { useQuery } from '@tanstack/react-query';
import { formatDuration, formatNumber } from '../../components/format.ts';
import { weekStatsQuery } from './queries.ts';

/** The week's renders in one line. Nothing is drawn where the figures can't be had: they only adorn. */
export function WeekStats() {
  const stats = useQuery({ ...weekStatsQuery, staleTime: 60_000 }).data;
  if (stats === undefined || stats.total === 0) return null;
  return (
    <p className="ml-auto text-xs text-muted tabular-nums">
      This week: {formatNumber(stats.done)} rendered
      {stats.failed > 0 ? <span className="text-bad"> · {formatNumber(stats.failed)} failed</span> : null}
      {stats.duration_ms.p50 === null ? null : ` · typically ${formatDuration(stats.duration_ms.p50)} each`}
    </p>
  );
}
