import { WifiOff } from 'lucide-react';
import { formatTime } from '../components/format.ts';
import { useConnection } from '../desk/connection.ts';
import { useTimeZone } from '../desk/queries.ts';

/** Whether what is on the screen is live, or since when it may be old. */
export function ConnectionBadge() {
  const connection = useConnection((state) => state.connection);
  const timeZone = useTimeZone();
  if (connection.state === 'live') {
    return (
      <span
        role="status"
        title="Changes appear as they happen"
        className="flex items-center gap-1.5 text-xs text-muted"
      >
        <span className="size-2 rounded-full bg-bar-good" aria-hidden />
        <span className="max-sm:sr-only">Live</span>
      </span>
    );
  }
  const since = formatTime(connection.since, timeZone);
  return (
    <span
      role="status"
      title="The connection is broken; it is being tried again. What you see may be out of date."
      className="flex items-center gap-1.5 rounded-full bg-warn-soft px-2 py-0.5 text-xs font-medium whitespace-nowrap text-warn"
    >
      <WifiOff className="size-3.5" aria-hidden />
      <span className="max-sm:sr-only">Stale since {since}</span>
    </span>
  );
}
